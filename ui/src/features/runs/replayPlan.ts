import type { StepResult } from '../../api/runs'
import { walk, type Step } from '../../lib/definition'

/** What a repeat does at one step. */
export interface Planned {
  key: string
  type: string
  name?: string
  /** done: it happened before and is left out; fresh: the run did not have it. */
  fate: 'again' | 'done' | 'fresh'
}

/**
 * What running again does, step by step. Steps that only compute or steer are
 * left out of it: doing them twice changes nothing. `effects` says whether a type
 * changes or sends something.
 */
export function replayPlan(journal: StepResult[], steps: Step[] | undefined, asNew: boolean, effects: (type: string) => boolean): Planned[] {
  const seen = new Set(journal.map((row) => row.step_id))
  const plan: Planned[] = journal
    .filter((row) => effects(row.type) && row.status !== 'skipped')
    .map((row) => ({
      key: row.path,
      type: row.type,
      name: row.name,
      fate: !asNew && row.status === 'succeeded' && !row.simulated ? 'done' : 'again',
    }))
  for (const step of walk(steps)) {
    if (seen.has(step.id) || step.disabled || !effects(step.type)) continue
    plan.push({ key: step.id, type: step.type, name: step.name, fate: 'fresh' })
  }
  return plan
}
