// The picker's tree as a flat list of rows. Only what is open is ever looked
// at, so a payload of megabytes costs no more than a small one.
import { mappingWords as words } from '../../lib/text/en/mapping'
import type { MappingFunction } from './api'
import { parsePath, printPath, type Path } from './expression'
import { keyLabel, pathLabel } from './label'
import type { Source } from './sources'
import { isObject } from './value'

export interface Row {
  id: string
  level: number
  kind: 'source' | 'value' | 'whole' | 'more' | 'empty' | 'functions' | 'function'
  label: string
  /** The whole path that picking the row inserts. */
  path?: Path
  value?: unknown
  open?: boolean
  source?: Source
  fn?: MappingFunction
  /** How many more entries a "more" row shows. */
  rest?: number
}

/** So many entries of one list or object are shown at once. */
export const CHUNK = 100

export interface Opened {
  /** Ids of rows that differ from how they begin. */
  toggled: ReadonlySet<string>
  /** How many entries of a row are shown, when more than CHUNK. */
  shown: ReadonlyMap<string, number>
}

const isContainer = (value: unknown) => Array.isArray(value) || isObject(value)

/** All rows that are in sight. The first source is open from the start, with its data. */
export function treeRows(sources: Source[], functions: MappingFunction[], opened: Opened): Row[] {
  const rows: Row[] = []
  const isOpen = (id: string, first: boolean) => first !== opened.toggled.has(id)
  sources.forEach((source, index) => {
    const open = isOpen(source.id, index === 0)
    rows.push({ id: source.id, level: 1, kind: 'source', label: source.title, open, source, value: source.value })
    if (open) children(source, source.root, source.value, source.id, 2)
  })
  if (functions.length > 0) functionRows()
  return rows

  function children(source: Source, path: Path, value: unknown, id: string, level: number) {
    const all = entriesOf(value)
    if (all.length === 0) {
      rows.push({ id: `${id}/empty`, level, kind: 'empty', label: words.picker.empty })
      return
    }
    if (level > 2) rows.push({ id: `${id}/whole`, level, kind: 'whole', label: Array.isArray(value) ? words.picker.wholeList : words.picker.whole, path, value, source })
    const limit = opened.shown.get(id) ?? CHUNK
    for (const [key, entry] of all.slice(0, limit)) {
      const below = [...path, key]
      const entryId = `${id}/${typeof key}:${key}`
      const label = labelIn(source, below, key)
      if (!isContainer(entry)) {
        rows.push({ id: entryId, level, kind: 'value', label, path: below, value: entry, source })
        continue
      }
      const open = isOpen(entryId, source.id === 'trigger' && level === 2 && key === 'body')
      rows.push({ id: entryId, level, kind: 'value', label, path: below, value: entry, open, source })
      if (open) children(source, below, entry, entryId, level + 1)
    }
    if (all.length > limit) rows.push({ id: `${id}/more`, level, kind: 'more', label: words.picker.more(Math.min(CHUNK, all.length - limit)), rest: all.length - limit })
  }

  function functionRows() {
    const open = isOpen('functions', false)
    rows.push({ id: 'functions', level: 1, kind: 'functions', label: words.picker.functions, open })
    if (!open) return
    for (const group of new Set(functions.map((fn) => fn.group))) {
      const id = `functions/${group}`
      const groupOpen = isOpen(id, false)
      rows.push({ id, level: 2, kind: 'functions', label: group, open: groupOpen })
      if (groupOpen) rows.push(...functions.filter((fn) => fn.group === group).map((fn) => functionRow(fn, 3)))
    }
  }
}

const functionRow = (fn: MappingFunction, level: number): Row => ({ id: `function:${fn.name}`, level, kind: 'function', label: fn.name, fn })

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((entry, index) => [index, entry as unknown])
  return isObject(value) ? Object.entries(value) : []
}

/** In the tree the parents stand above, so the last key is enough, but for answers of forms. */
function labelIn(source: Source, path: Path, key: string | number): string {
  const below = path.slice(source.root.length)
  const whole = pathLabel(below, source.value)
  const bare = pathLabel(below)
  return whole === bare ? keyLabel(key) : whole
}

/** So many places are looked at in one search, and so many found. */
const SEARCHED = 150_000
const FOUND = 80

/** Rows whose label, key, path or value holds all words of the search. */
export function searchRows(sources: Source[], functions: MappingFunction[], search: string): Row[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = (text: string) => {
    const lower = text.toLowerCase()
    return wanted.every((word) => lower.includes(word))
  }
  const rows: Row[] = []
  let budget = SEARCHED
  for (const source of sources) {
    const stack: { path: Path; value: unknown; words: string }[] = [{ path: source.root, value: source.value, words: source.title }]
    for (let here = stack.pop(); here && budget > 0 && rows.length < FOUND; here = stack.pop()) {
      budget--
      const { path, value } = here
      const entries = entriesOf(value)
      const text = isContainer(value) ? '' : String(value ?? '').slice(0, 2000)
      const below = path.slice(source.root.length)
      if (below.length > 0 && holds(`${here.words} ${text}`)) {
        rows.push({ id: `${source.id}/${printPath(path)}`, level: 1, kind: 'value', label: pathLabel(below, source.value), path, value, source })
      }
      for (let i = Math.min(entries.length, budget) - 1; i >= 0; i--) {
        const entry = entries[i]
        if (entry) stack.push({ path: [...path, entry[0]], value: entry[1], words: `${here.words} ${String(entry[0])} ${keyLabel(entry[0])}` })
      }
    }
  }
  const typed = typedPath(search)
  if (typed && !rows.some((row) => row.path && printPath(row.path) === printPath(typed))) {
    rows.push({ id: 'typed', level: 1, kind: 'value', label: search.trim(), path: typed })
  }
  const named = functions.filter((fn) => holds([fn.name, fn.summary, ...(fn.aliases ?? [])].join(' ')))
  return [...rows, ...named.slice(0, 12).map((fn) => functionRow(fn, 1))]
}

/** A path that somebody types out: it need not be in the sample. */
function typedPath(search: string): Path | undefined {
  if (!/^(trigger|steps|contact|custom_values|workspace|run|loop|location|inboundWebhookRequest)[.[]/.test(search.trim())) return undefined
  return parsePath(search)
}
