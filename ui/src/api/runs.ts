// Runs and what happened in them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, query, type Page } from './http'

export type RunStatus =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'held'
  | 'succeeded'
  | 'failed'
  | 'canceled'
  | 'parked'

export type StepStatus =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'skipped'
  | 'failed'
  | 'canceled'
  | 'unknown'

/** Why a run or an attempt failed: a sentence for people, details for developers. */
export interface Failure {
  code?: string
  message: string
  detail?: string
  step?: string
  field?: string
}

export interface Attempt {
  number: number
  started_at: string
  finished_at?: string
  error?: Failure | string | null
  retry_at?: string
}

export interface StepResult {
  step_id: string
  type: string
  name?: string
  path: string
  execution: number
  status: StepStatus
  attempts?: Attempt[] | null
  port?: string
  input?: unknown
  output?: unknown
  missing?: string[] | null
  error?: Failure | string | null
  /** Remarks of the step, a sentence each. */
  notes?: string[] | null
  simulated?: boolean
  /** When a waiting step goes on. */
  due_at?: string | null
  started_at?: string
  finished_at?: string
}

export interface Run {
  id: string
  kind: string
  mode: string
  workflow_id?: string | null
  version?: number | null
  status: RunStatus
  end_reason?: string
  trigger_id?: string
  request_id?: string | null
  event_id?: string | null
  contact_id?: string | null
  replay_of?: string | null
  cause_run?: string | null
  /** When a waiting run goes on. */
  due_at?: string | null
  error?: Failure | string | null
  created_at: string
  started_at?: string | null
  finished_at?: string | null
  /** What the trigger gave. */
  input?: unknown
  steps?: StepResult[] | null
  /** Set when there are more steps than these. */
  steps_next_cursor?: string | null
}

export interface RunFilter {
  workflow_id?: string
  status?: string
  /** "any" for every kind; runs of workflows when missing. */
  kind?: string
  mode?: string
  contact_id?: string
  /** A group of failures by its id. */
  failure?: string
  /** Only runs that stand at this step of workflow_id. */
  step_id?: string
  q?: string
  /** Times as RFC 3339. */
  from?: string
  to?: string
}

const at = (ws: string) => `/workspaces/${encodeURIComponent(ws)}/runs`
const one = (ws: string, id: string) => `${at(ws)}/${encodeURIComponent(id)}`

export const runsQuery = (ws: string, filter: RunFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'runs', 'list', filter, limit],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Run>>('GET', `${at(ws)}${query({ ...filter, cursor: pageParam, limit })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const runsKey = (ws: string, filter: RunFilter) => ['ws', ws, 'runs', 'feed', filter]

export const listRuns = (ws: string, filter: RunFilter, cursor: string, signal?: AbortSignal) =>
  call<Page<Run>>('GET', `${at(ws)}${query({ ...filter, cursor, limit: 200 })}`, { signal })

export const runQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'one', id],
    queryFn: ({ signal }) => call<Run>('GET', one(ws, id), { signal }),
  })

export const cancelRun = (ws: string, id: string) => call<void>('POST', `${one(ws, id)}/cancel`, { body: {} })

/** Starts a new run from the same event; asNew does what was done before once more. */
export const replayRun = (ws: string, id: string, asNew = false) =>
  call<{ run_id: string }>('POST', `${one(ws, id)}/replay`, {
    body: asNew ? { as_new: true } : {},
    headers: { 'Idempotency-Key': crypto.randomUUID() },
  })

/** How a step whose outcome nobody knows shall count. */
export type Outcome = 'again' | 'done' | 'skip'

/** Goes on with a run that failed or is parked; "live" moves it to the live version. */
export const retryRun = (ws: string, id: string, outcome?: Outcome, version?: 'pinned' | 'live') =>
  call<void>('POST', `${one(ws, id)}/retry`, { body: { outcome, version } })

/** One action for many runs. */
export interface BulkAction {
  action: 'replay' | 'retry' | 'cancel'
  /** Either these runs, or all of a filter, at most the 10,000 newest. */
  ids?: string[]
  filter?: RunFilter
  version?: 'pinned' | 'live'
  outcome?: Outcome
  as_new?: boolean
}

export const bulkRuns = (ws: string, body: BulkAction) =>
  call<{ job_id: string; total: number }>('POST', `${at(ws)}/bulk`, { body, headers: { 'Idempotency-Key': crypto.randomUUID() } })

/** The steps behind the first 500. */
export const stepsQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'runs', 'one', id, 'steps'],
    queryFn: ({ signal, pageParam }) => call<Page<StepResult>>('GET', `${one(ws, id)}/steps${query({ cursor: pageParam, limit: 200 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

const OPEN: ReadonlySet<string> = new Set(['queued', 'running', 'waiting', 'held'])

/** Whether a run can still change by itself or be cancelled. */
export const isOpen = (status: RunStatus) => OPEN.has(status)

/** Whether a run ended in a way that a person can mend. */
export const isStuck = (status: RunStatus) => status === 'failed' || status === 'parked'

/** The sentence of a failure; undefined when there is none. */
export function failureText(error: Failure | string | null | undefined): string | undefined {
  return typeof error === 'string' ? error || undefined : error?.message || undefined
}
