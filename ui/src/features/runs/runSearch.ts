import type { RunFilter } from '../../api/runs'

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
}

/** Midnight at which a day begins for the reader; undefined for what is no day. */
function midnight(day: string | undefined, plusDays = 0): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (!parts) return undefined
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + plusDays)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** What the API is asked for. */
export function filterOf(search: RunSearch): RunFilter {
  const { status, workflow_id, q, contact_id, failure, what } = search
  return {
    status,
    workflow_id,
    q,
    contact_id,
    failure,
    kind: what === 'step_test' ? 'step_test' : undefined,
    mode: what && what !== 'step_test' ? what : undefined,
    from: midnight(search.from),
    to: midnight(search.to, 1),
  }
}

/** Whether anything narrows the list. */
export const isFiltered = (search: RunSearch) => Object.values(search).some(Boolean)
