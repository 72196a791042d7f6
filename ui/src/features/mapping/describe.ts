// What a pill says: where its value is from, what it is called, a sample value,
// and whether something is the matter with it.
import { walk, type Definition } from '../../lib/definition'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { parsePath, parsePipe, splitTop, type Path } from './expression'
import { pathLabel } from './label'
import { lookUp, type Source } from './sources'
import { follow, glance } from './value'

export type PillState = 'fine' | 'missing' | 'drifted'

export interface PillInfo {
  /** The step or trigger, "" for a formula. */
  source: string
  label: string
  /** A glance at the sample's value; undefined when nobody knows it. */
  sample?: string
  /** Type of the node, for the colour. */
  type: string
  state: PillState
  /** Why the state is not fine, in a sentence; also a remark on a fine one. */
  why?: string
  /** Names of functions that are applied. */
  calls: string[]
  /** Triggers whose events lack the value, by id. */
  lackedBy: string[]
}

/** What is known about values beside the chosen sample. */
export interface Knowledge {
  sources: Source[]
  definition: Definition
  /** The newest real trigger scopes of the chosen trigger, the sample among them. */
  recent: unknown[]
  /** Samples of the other triggers. */
  others: { id: string; name: string; value: unknown }[]
}

/** Functions behind which an empty value is meant. */
export const HANDLES_EMPTY: ReadonlySet<string> = new Set(['default', 'omit', 'as_null', 'stop', 'first', 'is_empty', 'if'])

export function describe(mapping: string, known: Knowledge): PillInfo {
  const pipe = parsePipe(mapping)
  const calls = pipe.calls.map((call) => call.name)
  const first = pipe.path ? undefined : firstOf(pipe.base)
  const path = pipe.path ?? first?.[0]
  if (!path) {
    return { source: '', label: pipe.base || words.formula, type: 'formula', state: 'fine', calls, lackedBy: [] }
  }
  const handled = calls.some((name) => HANDLES_EMPTY.has(name))
  const info = describePath(path, known, handled || first !== undefined)
  if (!first || first.length < 2) return { ...info, calls }
  return { ...info, calls, label: words.orElse(info.label, first.length - 1), ...rescue(first, known, info) }
}

/** first(a, b): fine as long as one of them is there. */
function rescue(paths: Path[], known: Knowledge, info: PillInfo): Partial<PillInfo> {
  const there = paths.map((path) => lookUp(known.sources, path)).find((found) => found?.there)
  const lackedBy = info.lackedBy.filter((id) => {
    const other = known.others.find((o) => o.id === id)
    return !paths.some((path) => path[0] === 'trigger' && follow(other?.value, path.slice(1)).there)
  })
  const fine = there !== undefined && lackedBy.length === 0
  return { lackedBy, ...(there && { sample: glance(there.value, 28) }), ...(fine && { state: 'fine' as const, why: undefined }) }
}

/** The paths of first(a, b, …); undefined for anything else. */
function firstOf(base: string): Path[] | undefined {
  const inside = /^first\(([\s\S]+)\)$/.exec(base.trim())?.[1]
  const paths = (inside ? splitTop(inside, ',') : undefined)?.map((piece) => parsePath(piece))
  return paths?.every((path) => path !== undefined) ? paths : undefined
}

function describePath(path: Path, known: Knowledge, handled: boolean): PillInfo {
  const found = lookUp(known.sources, path)
  const info: PillInfo = { source: '', label: pathLabel(path.slice(1)), type: '', state: 'fine', calls: [], lackedBy: [] }
  if (!found) return { ...info, ...nowhere(path, known) }
  const { source, below, there, value } = found
  info.source = source.title
  info.type = source.type
  info.label = labelOf(source, below)
  if (there) info.sample = glance(value, 28)
  if (!there && source.origin !== 'example') return handled ? { ...info, why: words.states.missing } : { ...info, state: 'missing', why: words.states.missing }
  if (handled) return info
  if (source.uncertain) return { ...info, state: 'drifted', why: words.states.uncertain }
  return source.id === 'trigger' ? { ...info, ...drift(below, known) } : info
}

/** A label inside a source: a step's "contact" says so, a trigger's "body" does not. */
export function labelOf(source: Source, below: Path): string {
  const named = source.id === 'trigger' && below[0] === 'body' ? below.slice(1) : below
  const root = named === below ? source.value : follow(source.value, ['body']).value
  return pathLabel(named.length > 0 ? named : below, named.length > 0 ? root : undefined)
}

/** A path that begins in nothing which is there at this place. */
function nowhere(path: Path, known: Knowledge): Partial<PillInfo> {
  const root = String(path[0])
  const source = words.roots[root] ?? root
  if (root !== 'steps') return { source, state: 'missing', why: words.states.missing }
  const step = [...walk(known.definition.steps)].find((s) => s.id === path[1])
  return {
    source: step?.name ?? String(path[1] ?? source),
    label: pathLabel(path.slice(2)),
    type: step?.type ?? '',
    state: 'missing',
    why: step ? words.states.laterStep : words.states.unknownStep,
  }
}

function drift(below: Path, known: Knowledge): Partial<PillInfo> {
  const lacking = known.others.filter((other) => !follow(other.value, below).there)
  if (lacking.length > 0) {
    return {
      state: 'drifted',
      why: words.states.otherTrigger(lacking.map((other) => other.name).join(', ')),
      lackedBy: lacking.map((other) => other.id),
    }
  }
  const lacked = known.recent.filter((scope) => !follow(scope, below).there).length
  return lacked > 0 ? { state: 'drifted', why: words.states.drifted(lacked, known.recent.length) } : {}
}
