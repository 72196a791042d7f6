import type { RunFilter } from '../../api/runs'
import { beginOfDay } from '../../lib/zone'

/** What the address of the page says: days instead of times, and one choice for kind and mode. */
export interface RunSearch {
  status?: string
  workflow_id?: string
  what?: string
  q?: string
  from?: string
  to?: string
  contact_id?: string
  failure?: string
  /** A step of the workflow at which the runs stand. */
  step?: string
}

/** What the API is asked for. */
export function filterOf(search: RunSearch): RunFilter {
  const { status, workflow_id, q, contact_id, failure, what, step } = search
  return {
    status,
    workflow_id,
    q,
    contact_id,
    failure,
    // Ids of steps mean something within one workflow only.
    step_id: workflow_id ? step : undefined,
    kind: what === 'step_test' ? 'step_test' : undefined,
    mode: what && what !== 'step_test' ? what : undefined,
    from: beginOfDay(search.from)?.toISOString(),
    to: beginOfDay(search.to, 1)?.toISOString(),
  }
}

/** Whether anything narrows the list. */
export const isFiltered = (search: RunSearch) => Object.values(search).some(Boolean)
