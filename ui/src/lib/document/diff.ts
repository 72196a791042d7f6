// What differs between two documents, step by step, for people to read.
import type { Branch, Definition, Step, Trigger } from '../definition'
import { isDeepEqual } from './equal'
import { listKey, sites } from './tree'

export type ChangeKind = 'added' | 'removed' | 'moved' | 'changed'

export interface Difference {
  kind: ChangeKind
  what: 'step' | 'trigger' | 'branch' | 'settings'
  /** Id of the step or trigger; empty for settings. */
  id: string
  /** As it is now; as it was when it is gone. */
  subject?: Step | Trigger
  /** The branch, when that is what differs. */
  branch?: Branch
  /** Keys that differ: "name", "params.email", "disabled". */
  keys: string[]
}

/** What leads from one document to another: triggers first, then steps in reading order. */
export function differences(from: Definition, to: Definition): Difference[] {
  const found: Difference[] = []
  if (!isDeepEqual(from.settings ?? {}, to.settings ?? {})) found.push({ kind: 'changed', what: 'settings', id: '', keys: [] })
  triggerDifferences(from, to, found)
  stepDifferences(from, to, found)
  return found
}

function triggerDifferences(from: Definition, to: Definition, found: Difference[]) {
  const was = new Map((from.triggers ?? []).map((t) => [t.id, t]))
  for (const trigger of to.triggers ?? []) {
    const before = was.get(trigger.id)
    was.delete(trigger.id)
    if (!before) found.push({ kind: 'added', what: 'trigger', id: trigger.id, subject: trigger, keys: [] })
    else changedKeys(before, trigger, 'trigger', found)
  }
  for (const gone of was.values()) found.push({ kind: 'removed', what: 'trigger', id: gone.id, subject: gone, keys: [] })
}

function stepDifferences(from: Definition, to: Definition, found: Difference[]) {
  const [was, is] = [sites(from), sites(to)]
  const moved = movedSteps(from, to)
  for (const [id, { step, parents }] of is) {
    const before = was.get(id)
    if (!before) {
      // What came with the step around it is part of that change.
      if (parents.every((p) => was.has(p.id))) found.push({ kind: 'added', what: 'step', id, subject: step, keys: [] })
      continue
    }
    if (moved.has(id)) found.push({ kind: 'moved', what: 'step', id, subject: step, keys: [] })
    changedKeys(before.step, step, 'step', found)
    branchDifferences(before.step, step, found)
  }
  for (const [id, { step, parents }] of was) {
    const alone = !is.has(id) && parents.every((p) => is.has(p.id))
    if (alone) found.push({ kind: 'removed', what: 'step', id, subject: step, keys: [] })
  }
}

const OWN = ['type', 'v', 'name', 'note', 'disabled', 'retry', 'repeatable'] as const

function changedKeys(before: Step | Trigger, after: Step | Trigger, what: 'step' | 'trigger', found: Difference[]) {
  const [a, b] = [before as Step, after as Step]
  const keys: string[] = OWN.filter((key) => !isDeepEqual(a[key] ?? undefined, b[key] ?? undefined))
  for (const key of new Set([...Object.keys(a.params ?? {}), ...Object.keys(b.params ?? {})])) {
    if (!isDeepEqual(a.params?.[key], b.params?.[key])) keys.push(`params.${key}`)
  }
  if ((a.on_error?.do ?? 'stop') !== (b.on_error?.do ?? 'stop')) keys.push('on_error')
  if (keys.length > 0) found.push({ kind: 'changed', what, id: after.id, subject: after, keys })
}

function branchDifferences(before: Step, after: Step, found: Difference[]) {
  const was = new Map((before.branches ?? []).map((b) => [b.id, b]))
  const add = (kind: ChangeKind, branch: Branch, keys: string[] = []) =>
    found.push({ kind, what: 'branch', id: after.id, subject: after, branch, keys })
  for (const branch of after.branches ?? []) {
    const old = was.get(branch.id)
    was.delete(branch.id)
    if (!old) add('added', branch)
    else {
      const keys = (['name', 'when'] as const).filter((key) => !isDeepEqual(old[key] ?? undefined, branch[key] ?? undefined))
      if (keys.length > 0) add('changed', branch, keys)
    }
  }
  for (const gone of was.values()) add('removed', gone)
}

/** Steps that stand in another list, or in another order among those that stayed. */
function movedSteps(from: Definition, to: Definition): Set<string> {
  const [was, is] = [sites(from), sites(to)]
  const moved = new Set<string>()
  const lists = new Map<string, { id: string; index: number }[]>()
  for (const [id, site] of is) {
    const before = was.get(id)
    if (!before) continue
    const key = listKey(site.place.list)
    if (listKey(before.place.list) !== key) moved.add(id)
    else lists.set(key, [...(lists.get(key) ?? []), { id, index: before.place.index }])
  }
  for (const list of lists.values()) {
    const stayed = longestRise(list.map((s) => s.index))
    list.forEach((s, i) => {
      if (!stayed.has(i)) moved.add(s.id)
    })
  }
  return moved
}

/** Positions of a longest rising run among numbers: what need not be said to have moved. */
function longestRise(numbers: number[]): Set<number> {
  const tails: number[] = []
  const before: number[] = []
  numbers.forEach((n, i) => {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const mid = (low + high) >> 1
      if ((numbers[tails[mid] ?? 0] ?? 0) < n) low = mid + 1
      else high = mid
    }
    before[i] = low > 0 ? (tails[low - 1] ?? -1) : -1
    tails[low] = i
  })
  const kept = new Set<number>()
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) kept.add(i)
  return kept
}
