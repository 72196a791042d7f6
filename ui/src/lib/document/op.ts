// The changes that a workflow document knows. Each is plain data, changes
// nothing in place, and comes with the change that takes it back.
import type { Branch, Definition, Step, Trigger } from '../definition'
import { findStep, listAt, mapList, mapStep, type ListRef } from './tree'

/** What the editor edits: the workflow's name and its document. */
export interface Draft {
  name: string
  definition: Definition
}

/** Replaces a stretch of a list: `remove` entries from `index` on give way to `insert`. */
interface Splice<T> {
  index: number
  remove: number
  insert: T[]
}

export type Op =
  | ({ op: 'steps'; list: ListRef } & Splice<Step>)
  | ({ op: 'branches'; step: string } & Splice<Branch>)
  | ({ op: 'triggers' } & Splice<Trigger>)
  /** Puts a whole step, the lists inside it included, in the place of the one with its id. */
  | { op: 'step'; next: Step }
  | { op: 'trigger'; next: Trigger }
  | { op: 'branch'; step: string; next: Branch }
  | { op: 'name'; name: string }
  | { op: 'settings'; settings: Definition['settings'] }
  /** Another draft altogether, such as somebody else's. */
  | { op: 'draft'; next: Draft }
  | { op: 'many'; ops: Op[] }

export interface Applied {
  draft: Draft
  /** Takes the change back: applied to `draft` it gives what was before. */
  inverse: Op
}

/** A change that does not fit the document: what it names is gone. */
export class OpError extends Error {}

const NOTHING: Op = { op: 'many', ops: [] }

/** Carries out a change. Throws OpError when it does not fit, having changed nothing. */
export function apply(draft: Draft, op: Op): Applied {
  const { definition } = draft
  const over = (part: Partial<Definition>): Draft => ({ ...draft, definition: { ...definition, ...part } })
  switch (op.op) {
    case 'steps': {
      const list = listAt(definition, op.list)
      if (!list) throw new OpError('the list of steps is gone')
      const [next, undo] = splice(list, op)
      return { draft: { ...draft, definition: mapList(definition, op.list, () => next) }, inverse: { op: 'steps', list: op.list, ...undo } }
    }
    case 'branches': {
      const [next, undo] = splice(stepOr(definition, op.step).branches ?? [], op)
      return { draft: over({ steps: changed(definition, op.step, (s) => ({ ...s, branches: next })) }), inverse: { ...op, ...undo } }
    }
    case 'triggers': {
      const [next, undo] = splice(definition.triggers ?? [], op)
      return { draft: over({ triggers: next }), inverse: { op: 'triggers', ...undo } }
    }
    case 'step': {
      const before = stepOr(definition, op.next.id)
      return { draft: over({ steps: changed(definition, op.next.id, () => op.next) }), inverse: { op: 'step', next: before } }
    }
    case 'branch':
      return applyBranch(draft, op.step, op.next)
    case 'trigger': {
      const before = definition.triggers?.find((t) => t.id === op.next.id)
      if (!before) throw new OpError('the trigger is gone')
      return {
        draft: over({ triggers: definition.triggers?.map((t) => (t === before ? op.next : t)) }),
        inverse: { op: 'trigger', next: before },
      }
    }
    case 'name':
      return { draft: { ...draft, name: op.name }, inverse: { op: 'name', name: draft.name } }
    case 'settings':
      return { draft: over({ settings: op.settings }), inverse: { op: 'settings', settings: definition.settings } }
    case 'draft':
      return { draft: op.next, inverse: { op: 'draft', next: draft } }
    case 'many':
      return applyAll(draft, op.ops)
  }
}

function applyAll(draft: Draft, ops: Op[]): Applied {
  const inverses: Op[] = []
  let now = draft
  for (const op of ops) {
    const { draft: next, inverse } = apply(now, op)
    now = next
    inverses.unshift(inverse)
  }
  return { draft: now, inverse: inverses.length === 1 ? (inverses[0] ?? NOTHING) : { op: 'many', ops: inverses } }
}

function applyBranch(draft: Draft, step: string, next: Branch): Applied {
  const before = stepOr(draft.definition, step).branches?.find((b) => b.id === next.id)
  if (!before) throw new OpError('the branch is gone')
  const steps = changed(draft.definition, step, (s) => ({ ...s, branches: s.branches?.map((b) => (b === before ? next : b)) }))
  return { draft: { ...draft, definition: { ...draft.definition, steps } }, inverse: { op: 'branch', step, next: before } }
}

function splice<T>(list: T[], { index, remove, insert }: Splice<T>): [T[], Splice<T>] {
  if (index < 0 || remove < 0 || index + remove > list.length) throw new OpError('the position is gone')
  const removed = list.slice(index, index + remove)
  return [list.toSpliced(index, remove, ...insert), { index, remove: insert.length, insert: removed }]
}

function stepOr(definition: Definition, id: string): Step {
  const step = findStep(definition, id)
  if (!step) throw new OpError('the step is gone')
  return step
}

const changed = (definition: Definition, id: string, change: (step: Step) => Step) => mapStep(definition.steps ?? [], id, change)
