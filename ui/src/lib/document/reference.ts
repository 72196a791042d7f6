// Which values come from which step: mappings name steps as steps.<id>.
import type { Definition, Step, Trigger } from '../definition'
import { pointerTo } from '../pointer'
import { sites, type Site } from './tree'

/** One value that maps from a step. */
export interface Reference {
  /** Id of the step whose output is used. */
  from: string
  /** Id of the step or trigger that uses it. */
  in: string
  /** JSON pointer within the user, as in "/params/email" or "/branches/0/when". */
  pointer: string
}

const NAMED = /\bsteps\s*(?:\?\.|\.)\s*([a-z][a-z0-9_]*)|\bsteps\s*\[\s*["']([a-z][a-z0-9_]*)["']\s*\]/g
const MAPPING = /(?<!\\)\{\{([\s\S]*?)\}\}/g

/** Calls back for each text of a value, with its pointer. */
function texts(value: unknown, pointer: string, found: (text: string, pointer: string) => void): void {
  if (typeof value === 'string') found(value, pointer)
  else if (Array.isArray(value)) value.forEach((v, i) => texts(v, `${pointer}/${i}`, found))
  else if (value && typeof value === 'object') {
    for (const [key, v] of Object.entries(value)) texts(v, pointerTo(pointer, key), found)
  }
}

/** Ids of the steps that a text with mappings names. */
export function namedSteps(template: string): string[] {
  const found: string[] = []
  for (const mapping of template.matchAll(MAPPING)) {
    for (const name of (mapping[1] ?? '').matchAll(NAMED)) found.push(name[1] ?? name[2] ?? '')
  }
  return found
}

/** What a step itself maps, without the steps inside it. */
function ownReferences(step: Step | Trigger): Reference[] {
  const found: Reference[] = []
  const look = (text: string, pointer: string) => {
    for (const from of new Set(namedSteps(text))) found.push({ from, in: step.id, pointer })
  }
  texts(step.params, '/params', look)
  if ('branches' in step) step.branches?.forEach((b, i) => texts(b.when, `/branches/${i}/when`, look))
  return found
}

const cache = new WeakMap<Step, Reference[]>()

/** Every value of the document that maps from a step. */
export function references(definition: Definition): Reference[] {
  const all: Reference[] = []
  for (const { step } of sites(definition).values()) {
    let own = cache.get(step)
    if (!own) cache.set(step, (own = ownReferences(step)))
    all.push(...own)
  }
  return all
}

/** What maps from some steps, but for what those steps map themselves. */
export function referencesTo(definition: Definition, ids: ReadonlySet<string>): Reference[] {
  return references(definition).filter((r) => ids.has(r.from) && !ids.has(r.in))
}

/** Whether a step can have run when another begins; false for steps of other branches and later ones. */
export function canPrecede(all: Map<string, Site>, earlier: string, later: string): boolean {
  const [a, b] = [all.get(earlier), all.get(later)]
  if (!a || !b || a.order >= b.order) return false
  // The lists in which each stands, outermost first; where the two part, a branch excludes the other.
  const [pathA, pathB] = [pathOf(a), pathOf(b)]
  for (let i = 0; i < Math.min(pathA.length, pathB.length); i++) {
    const [x, y] = [pathA[i], pathB[i]]
    if (!x || !y || x.key === y.key) continue
    return x.step !== y.step || x.kind !== 'branch' || y.kind !== 'branch'
  }
  return true
}

function pathOf(site: Site): { step: string; kind: string; key: string }[] {
  const chain = [...site.parents.slice(1), site.step]
  return site.parents.map((parent, i) => {
    const next = chain[i]
    const branch = parent.branches?.find((b) => b.steps?.some((s) => s.id === next?.id))
    if (branch) return { step: parent.id, kind: 'branch', key: `${parent.id}/${branch.id}` }
    const loop = parent.steps?.some((s) => s.id === next?.id)
    return { step: parent.id, kind: loop ? 'loop' : 'error', key: `${parent.id}!${loop ? 'loop' : 'error'}` }
  })
}

/** Values that could be filled before a change and never can be after it. */
export function brokenBy(before: Definition, after: Definition): Reference[] {
  const [was, is] = [sites(before), sites(after)]
  return references(after).filter((r) => canPrecede(was, r.from, r.in) && !canPrecede(is, r.from, r.in))
}

/** Puts other ids in the place of those that the mappings of a text name. */
export function renameSteps(template: string, ids: ReadonlyMap<string, string>): string {
  return template.replaceAll(MAPPING, (mapping) =>
    mapping.replaceAll(NAMED, (name: string, dotted?: string, quoted?: string) => {
      const old = dotted ?? quoted ?? ''
      const next = ids.get(old)
      return next === undefined ? name : name.replace(new RegExp(`${old}(["']?\\s*\\]?)$`), `${next}$1`)
    }),
  )
}

/** The same in every text of a value. */
export function renameInside<T>(value: T, ids: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') return renameSteps(value, ids) as T
  if (Array.isArray(value)) return value.map((v: unknown) => renameInside(v, ids)) as T
  if (value && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, renameInside(v as unknown, ids)])) as T
  }
  return value
}
