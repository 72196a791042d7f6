// Copies of steps: with ids of their own, and with mappings among each other
// that follow.
import type { Definition, Step } from '../definition'
import { parseJson, printJson } from '../json'
import { freshId, takenIds } from './ids'
import { renameInside } from './reference'
import { subtree } from './tree'

/** Copies of steps for a document, under ids that it does not have. */
export function copySteps(steps: Step[], target: Definition): Step[] {
  const taken = takenIds(target)
  const ids = new Map<string, string>()
  for (const step of steps) for (const one of subtree(step)) ids.set(one.id, freshId(one.id, taken))
  return steps.map((step) => copyOf(step, ids))
}

function copyOf(step: Step, ids: ReadonlyMap<string, string>): Step {
  const inside = (steps: Step[] | null | undefined) => steps?.map((s) => copyOf(s, ids))
  const copy: Step = { ...step, id: ids.get(step.id) ?? step.id, params: renameInside(step.params, ids) }
  if (step.branches) {
    copy.branches = step.branches.map((b) => ({ ...b, ...(b.when ? { when: renameInside(b.when, ids) } : {}), steps: inside(b.steps) }))
  }
  if (step.steps) copy.steps = inside(step.steps)
  if (step.on_error) copy.on_error = step.on_error.steps ? { ...step.on_error, steps: inside(step.on_error.steps) } : step.on_error
  return copy
}

const KIND = 'hookloom/steps'

/** Steps as text for the clipboard. */
export const toClipboard = (steps: Step[]): string => printJson({ kind: KIND, schema: 1, steps })

/** Steps from the clipboard; undefined when it holds something else. */
export function fromClipboard(text: string): Step[] | undefined {
  if (!text.includes(KIND) || text.length > 4_000_000) return undefined
  try {
    const value = parseJson(text) as { kind?: unknown; steps?: unknown } | null
    if (value?.kind !== KIND || !Array.isArray(value.steps) || value.steps.length === 0) return undefined
    return value.steps.every(isStep) ? value.steps : undefined
  } catch {
    return undefined
  }
}

const listOr = (value: unknown): value is unknown[] | null | undefined => value == null || Array.isArray(value)
const objectOr = (value: unknown) => value == null || (typeof value === 'object' && !Array.isArray(value))

/** Whether something from outside has the form of a step; what its params say is the server's to judge. */
function isStep(value: unknown): value is Step {
  if (!value || typeof value !== 'object') return false
  const { id, type, name, note, params, branches, steps, on_error: onError } = value as Record<string, unknown>
  const words = [name, note].every((w) => w === undefined || typeof w === 'string')
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id) || typeof type !== 'string' || !words || !objectOr(params)) return false
  if (!listOr(branches) || !listOr(steps) || !objectOr(onError)) return false
  const onErrorSteps = (onError as { steps?: unknown } | null | undefined)?.steps
  return (
    (branches ?? []).every(isBranch) && (steps ?? []).every(isStep) && listOr(onErrorSteps) && (onErrorSteps ?? []).every(isStep)
  )
}

function isBranch(value: unknown): boolean {
  if (!value || typeof value !== 'object') return false
  const { id, steps } = value as Record<string, unknown>
  return typeof id === 'string' && listOr(steps) && (steps ?? []).every(isStep)
}
