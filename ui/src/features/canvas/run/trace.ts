// A run as the cards show it: what became of each step, and the way it took.
import { failureText, type Run, type StepResult, type StepStatus } from '../../../api/runs'
import type { Definition } from '../../../lib/definition'
import { listKey, sites } from '../../../lib/document/tree'

export interface StepTrace {
  /** The status that deserves attention most, of all the times that the step ran. */
  status: StepStatus
  /** Every time that it ran, in order; many in loops. */
  results: StepResult[]
  error?: string
}

export interface Trace {
  steps: Map<string, StepTrace>
  /** Keys of the lists that were entered. */
  lists: Set<string>
  /** Id of the trigger that fired. */
  trigger?: string
}

/** What a person looks for first: failures, then what goes on now. */
const WEIGHT: Record<StepStatus, number> = {
  failed: 7,
  unknown: 6,
  running: 5,
  waiting: 4,
  canceled: 3,
  succeeded: 2,
  skipped: 1,
  pending: 0,
}

const weight = (status: StepStatus) => WEIGHT[status] ?? 0

export function traceOf(run: Run, definition: Definition): Trace {
  const steps = new Map<string, StepTrace>()
  const lists = new Set<string>()
  const all = sites(definition)
  for (const result of run.steps ?? []) {
    const seen = steps.get(result.step_id)
    const error = failureText(result.error)
    if (!seen) steps.set(result.step_id, { status: result.status, results: [result], error })
    else {
      seen.results.push(result)
      if (weight(result.status) > weight(seen.status)) seen.status = result.status
      seen.error ??= error
    }
    const site = all.get(result.step_id)
    if (site) lists.add(listKey(site.place.list))
    if (result.port && site?.step.branches?.some((b) => b.id === result.port)) lists.add(`${result.step_id}/${result.port}`)
    else if (site?.step.branches && result.status === 'succeeded' && !result.port) lists.add(`${result.step_id}/`)
  }
  return { steps, lists, ...(run.trigger_id ? { trigger: run.trigger_id } : {}) }
}
