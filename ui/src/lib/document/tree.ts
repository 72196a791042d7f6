// Finding one's way in a workflow document: its lists of steps, and what
// stands where in them.
import type { Branch, Definition, Step } from '../definition'

/** One list of steps. */
export type ListRef =
  | { of: 'root' }
  | { of: 'branch'; step: string; branch: string }
  | { of: 'loop'; step: string }
  | { of: 'error'; step: string }

/** A position between the steps of a list; 0 is before the first. */
export interface Place {
  list: ListRef
  index: number
}

export const ROOT: ListRef = { of: 'root' }

/** Where a step stands, with the steps around it, outermost first. */
export interface Site {
  step: Step
  place: Place
  parents: Step[]
  /** Position in reading order, from 0. */
  order: number
}

/** The lists inside a step, in reading order. */
export function* listsOf(step: Step): Generator<[ListRef, Step[]]> {
  for (const branch of step.branches ?? []) {
    yield [{ of: 'branch', step: step.id, branch: branch.id }, branch.steps ?? []]
  }
  if (step.steps) yield [{ of: 'loop', step: step.id }, step.steps]
  if (step.on_error?.do === 'branch') yield [{ of: 'error', step: step.id }, step.on_error.steps ?? []]
}

const indexes = new WeakMap<Step[], Map<string, Site>>()
const NONE: Step[] = []

/** Every step by its id, in reading order; computed once for each document. */
export function sites(definition: Definition): Map<string, Site> {
  const steps = definition.steps ?? NONE
  const known = indexes.get(steps)
  if (known) return known
  const found = new Map<string, Site>()
  const visit = (list: ListRef, inside: Step[], parents: Step[]) => {
    inside.forEach((step, index) => {
      found.set(step.id, { step, place: { list, index }, parents, order: found.size })
      for (const [inner, steps] of listsOf(step)) visit(inner, steps, [...parents, step])
    })
  }
  visit(ROOT, steps, [])
  indexes.set(steps, found)
  return found
}

/** A step by its id; undefined when it is gone. */
export const findStep = (definition: Definition, id: string): Step | undefined => sites(definition).get(id)?.step

export function findBranch(definition: Definition, step: string, branch: string): Branch | undefined {
  return findStep(definition, step)?.branches?.find((b) => b.id === branch)
}

/** The steps of a list; undefined when there is no such list (any more). */
export function listAt(definition: Definition, list: ListRef): Step[] | undefined {
  if (list.of === 'root') return definition.steps ?? NONE
  const step = findStep(definition, list.step)
  if (!step) return undefined
  if (list.of === 'loop') return step.steps ?? NONE
  if (list.of === 'error') return step.on_error?.do === 'branch' ? (step.on_error.steps ?? NONE) : undefined
  const branch = step.branches?.find((b) => b.id === list.branch)
  return branch && (branch.steps ?? NONE)
}

export function sameList(a: ListRef, b: ListRef): boolean {
  return listKey(a) === listKey(b)
}

/** A text that no other list of the document has. */
export function listKey(list: ListRef): string {
  if (list.of === 'root') return '/'
  return list.of === 'branch' ? `${list.step}/${list.branch}` : `${list.step}!${list.of}`
}

/** A step and all steps inside it, in reading order. */
export function* subtree(step: Step): Generator<Step> {
  yield step
  for (const [, steps] of listsOf(step)) for (const inner of steps) yield* subtree(inner)
}

/** How many steps a list holds, those inside others included. */
export function countSteps(steps: Step[]): number {
  let n = 0
  for (const step of steps) for (const _ of subtree(step)) n++
  return n
}

/** Of some steps, those that stand in none of the others, in reading order. */
export function outermost(definition: Definition, ids: Iterable<string>): Site[] {
  const wanted = new Set(ids)
  const all = sites(definition)
  return [...wanted]
    .map((id) => all.get(id))
    .filter((site): site is Site => site !== undefined && !site.parents.some((p) => wanted.has(p.id)))
    .sort((a, b) => a.order - b.order)
}

/** Changes one step, wherever it stands; what did not change stays the same object. */
export function mapStep(steps: Step[], id: string, change: (step: Step) => Step): Step[] {
  let changed = false
  const next = steps.map((step) => {
    const after = step.id === id ? change(step) : mapInside(step, id, change)
    changed ||= after !== step
    return after
  })
  return changed ? next : steps
}

function mapInside(step: Step, id: string, change: (step: Step) => Step): Step {
  let next = step
  step.branches?.forEach((branch, index) => {
    const steps = branch.steps && mapStep(branch.steps, id, change)
    if (steps === branch.steps) return
    next = { ...next, branches: next.branches?.map((b, i) => (i === index ? { ...b, steps } : b)) }
  })
  const inner = step.steps && mapStep(step.steps, id, change)
  if (inner !== step.steps) next = { ...next, steps: inner }
  const onError = step.on_error?.steps && mapStep(step.on_error.steps, id, change)
  if (step.on_error && onError !== step.on_error.steps) next = { ...next, on_error: { ...step.on_error, steps: onError } }
  return next
}

/** Changes one list; the document itself when there is no such list. */
export function mapList(definition: Definition, list: ListRef, change: (steps: Step[]) => Step[]): Definition {
  if (list.of === 'root') return { ...definition, steps: change(definition.steps ?? []) }
  const steps = mapStep(definition.steps ?? [], list.step, (step) => changeList(step, list, change))
  return steps === definition.steps ? definition : { ...definition, steps }
}

function changeList(step: Step, list: Exclude<ListRef, { of: 'root' }>, change: (steps: Step[]) => Step[]): Step {
  if (list.of === 'loop') return { ...step, steps: change(step.steps ?? []) }
  if (list.of === 'error') {
    if (step.on_error?.do !== 'branch') return step
    return { ...step, on_error: { ...step.on_error, steps: change(step.on_error.steps ?? []) } }
  }
  const index = step.branches?.findIndex((b) => b.id === list.branch) ?? -1
  if (index < 0) return step
  return { ...step, branches: step.branches?.map((b, i) => (i === index ? { ...b, steps: change(b.steps ?? []) } : b)) }
}
