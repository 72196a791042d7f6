// What people do to a workflow, as changes of the document. Each returns the
// change, or undefined when there is nothing to do.
import type { NodeType } from '../../api/nodeTypes'
import type { Branch, Condition, Definition, OnError, Step, Trigger } from '../definition'
import { asId, freshId, idStem, takenIds } from './ids'
import { copySteps } from './copy'
import type { Op } from './op'
import { findStep, listAt, listKey, outermost, sameList, sites, subtree, type Place } from './tree'

/** A step of a node type, as it is when just added: a branching one has a yes and an otherwise. */
export function newStep(definition: Definition, type: NodeType, words: { yes: string; otherwise: string }): Step {
  const step: Step = { id: freshId(idStem(type.type), takenIds(definition)), type: type.type, v: type.version ?? 1, params: {} }
  if (type.paths?.start) {
    step.branches = type.paths.start.map(({ id, name }) => ({ id, name, steps: [] }))
  } else if (type.lists?.includes('branches')) {
    step.branches = [
      { id: 'yes', name: words.yes, when: { match: 'all', rules: [] }, steps: [] },
      { id: 'otherwise', name: words.otherwise, steps: [] },
    ]
  }
  if (type.lists?.includes('steps')) step.steps = []
  return step
}

export function newTrigger(definition: Definition, type: NodeType): Trigger {
  return { id: freshId(idStem(type.type), takenIds(definition)), type: type.type, v: type.version ?? 1, params: {} }
}

export const insertSteps = (at: Place, steps: Step[]): Op => ({ op: 'steps', list: at.list, index: at.index, remove: 0, insert: steps })

/** Removes steps with everything inside them. */
export function removeSteps(definition: Definition, ids: Iterable<string>): Op | undefined {
  const gone = outermost(definition, ids)
  // From the back, so that the positions of those before stay as they are.
  const ops = gone.reverse().map(({ place }): Op => ({ op: 'steps', list: place.list, index: place.index, remove: 1, insert: [] }))
  return ops.length > 0 ? { op: 'many', ops } : undefined
}

/** Moves steps to a place, in reading order; not into themselves. */
export function moveSteps(definition: Definition, ids: Iterable<string>, to: Place): Op | undefined {
  const moved = outermost(definition, ids)
  const list = listAt(definition, to.list)
  if (moved.length === 0 || !list) return undefined
  const holder = to.list.of === 'root' ? undefined : to.list.step
  if (holder && moved.some(({ step }) => [...subtree(step)].some((s) => s.id === holder))) return undefined
  const before = moved.filter(({ place }) => sameList(place.list, to.list) && place.index < to.index).length
  const index = to.index - before
  const inOrder = moved.every(({ place }, i) => sameList(place.list, to.list) && place.index === index + i)
  if (inOrder) return undefined
  const remove = removeSteps(definition, moved.map(({ step }) => step.id))
  if (!remove || remove.op !== 'many') return undefined
  return { op: 'many', ops: [...remove.ops, insertSteps({ list: to.list, index }, moved.map(({ step }) => step))] }
}

/** Copies of steps right after the last of them, with the ids of the copies. */
export function duplicateSteps(definition: Definition, ids: Iterable<string>): { op: Op; ids: string[] } | undefined {
  const last = outermost(definition, ids).at(-1)
  const originals = outermost(definition, ids).map(({ step }) => step)
  if (!last) return undefined
  const copies = copySteps(originals, definition)
  return { op: insertSteps({ list: last.place.list, index: last.place.index + 1 }, copies), ids: copies.map((s) => s.id) }
}

/** Changes keys of a step; a key set to undefined goes. */
export function patchStep(definition: Definition, id: string, part: Partial<Omit<Step, 'id' | 'type'>>): Op | undefined {
  const step = findStep(definition, id)
  return step && { op: 'step', next: without({ ...step, ...part }) }
}

export function patchTrigger(definition: Definition, id: string, part: Partial<Omit<Trigger, 'id' | 'type'>>): Op | undefined {
  const trigger = definition.triggers?.find((t) => t.id === id)
  return trigger && { op: 'trigger', next: without({ ...trigger, ...part }) }
}

/** The same change of several steps and triggers; those that are gone are passed over. */
export function patchAll(definition: Definition, ids: Iterable<string>, part: { disabled?: boolean; note?: string }): Op | undefined {
  const ops = [...ids].map((id) => patchStep(definition, id, part) ?? patchTrigger(definition, id, part))
  const given = ops.filter((op): op is Op => op !== undefined)
  return given.length > 0 ? { op: 'many', ops: given } : undefined
}

function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}

/** A new branch, before the one that takes everything else; or a plain one, last, where the step itself chooses. */
export function addBranch(definition: Definition, step: string, name: string, plain = false): { op: Op; id: string } | undefined {
  const branches = findStep(definition, step)?.branches
  if (!branches) return undefined
  const id = freshId(asId(name) || 'branch', new Set(branches.map((b) => b.id)))
  if (plain) return { op: { op: 'branches', step, index: branches.length, remove: 0, insert: [{ id, name, steps: [] }] }, id }
  const branch: Branch = { id, name, when: { match: 'all', rules: [] }, steps: [] }
  const last = branches.at(-1)
  const index = last && !last.when ? branches.length - 1 : branches.length
  return { op: { op: 'branches', step, index, remove: 0, insert: [branch] }, id }
}

export function patchBranch(
  definition: Definition,
  step: string,
  id: string,
  part: { name?: string; when?: Condition | null },
): Op | undefined {
  const branch = findStep(definition, step)?.branches?.find((b) => b.id === id)
  if (!branch) return undefined
  const next = { ...branch, ...part }
  if (!next.when) delete next.when
  return { op: 'branch', step, next }
}

export function removeBranch(definition: Definition, step: string, id: string): Op | undefined {
  const index = findStep(definition, step)?.branches?.findIndex((b) => b.id === id) ?? -1
  return index < 0 ? undefined : { op: 'branches', step, index, remove: 1, insert: [] }
}

/** One place to the left or right; the branch for everything else stays last. */
export function shiftBranch(definition: Definition, step: string, id: string, by: -1 | 1): Op | undefined {
  const branches = findStep(definition, step)?.branches ?? []
  const index = branches.findIndex((b) => b.id === id)
  const [one, other] = [branches[index], branches[index + by]]
  if (!one || !other || !one.when || !other.when) return undefined
  return { op: 'branches', step, index: Math.min(index, index + by), remove: 2, insert: by < 0 ? [one, other] : [other, one] }
}

export function setOnError(definition: Definition, id: string, onError: OnError | undefined): Op | undefined {
  const next = onError?.do === 'branch' ? { ...onError, steps: onError.steps ?? [] } : onError
  return patchStep(definition, id, { on_error: next })
}

/** The type whose step ends a run, as "Ends here" sets it. */
export const STOP = 'flow.stop'

/** Whether a list ends the run instead of going on below. */
export function endsHere(steps: Step[]): boolean {
  const last = steps.at(-1)
  return last?.type === STOP && !last.disabled
}

/** Lets a list end the run, or go on below again. */
export function toggleEnd(definition: Definition, list: Place['list'], version: number): Op | undefined {
  const steps = listAt(definition, list)
  if (!steps) return undefined
  if (endsHere(steps)) return { op: 'steps', list, index: steps.length - 1, remove: 1, insert: [] }
  const stop: Step = { id: freshId(idStem(STOP), takenIds(definition)), type: STOP, v: version, params: {} }
  return { op: 'steps', list, index: steps.length, remove: 0, insert: [stop] }
}

export const addTrigger = (definition: Definition, trigger: Trigger): Op => ({
  op: 'triggers',
  index: definition.triggers?.length ?? 0,
  remove: 0,
  insert: [trigger],
})

export function removeTriggers(definition: Definition, ids: ReadonlySet<string>): Op | undefined {
  const ops: Op[] = []
  definition.triggers?.forEach((t, index) => {
    if (ids.has(t.id)) ops.unshift({ op: 'triggers', index, remove: 1, insert: [] })
  })
  return ops.length > 0 ? { op: 'many', ops } : undefined
}

/** Where something added "after" a step goes; after a list's steps when there is no such step. */
export function placeAfter(definition: Definition, id: string | undefined): Place {
  const site = id === undefined ? undefined : sites(definition).get(id)
  if (!site) return { list: { of: 'root' }, index: definition.steps?.length ?? 0 }
  return { list: site.place.list, index: site.place.index + 1 }
}

export const placeKey = (place: Place): string => `${listKey(place.list)}@${place.index}`
