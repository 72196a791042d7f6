// Runs and what happened in them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'
import type { Page } from './http'

/** Why a run or an attempt failed: a sentence for people, details for developers. */
export type Failure = Schemas['Failure']
export type Attempt = Schemas['Attempt']
export type StepResult = Schemas['StepView']
export type StepStatus = StepResult['status']

/** A run; lists leave out what the trigger gave, and the steps. */
export type Run = Schemas['RunView'] & Partial<Schemas['RunDetail']>
export type RunStatus = Run['status']

/** Filters come from the addresses of pages, so they are any text. */
export type RunFilter = Partial<Record<keyof Schemas['RunFilter'], string>>

export const runsQuery = (ws: string, filter: RunFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'runs', 'list', filter, limit],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/runs', { path: { ws }, query: { ...filter, cursor: pageParam, limit }, signal }) as Promise<Page<Run>>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const runsKey = (ws: string, filter: RunFilter) => ['ws', ws, 'runs', 'feed', filter]

export const listRuns = (ws: string, filter: RunFilter, cursor: string, signal?: AbortSignal) =>
  ask('get', '/workspaces/{ws}/runs', { path: { ws }, query: { ...filter, cursor, limit: 200 }, signal }) as Promise<Page<Run>>

export const runQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/runs/{id}', { path: { ws, id }, signal }) as Promise<Run>,
  })

export const cancelRun = (ws: string, id: string) => ask('post', '/workspaces/{ws}/runs/{id}/cancel', { path: { ws, id } })

/** Starts a new run from the same event; asNew does what was done before once more. */
export const replayRun = (ws: string, id: string, asNew = false) =>
  ask('post', '/workspaces/{ws}/runs/{id}/replay', { path: { ws, id }, body: asNew ? { as_new: true } : {}, headers: once() })

/** How a step whose outcome nobody knows shall count. */
export type Outcome = NonNullable<Schemas['RetryBody']['outcome']>

/** Goes on with a run that failed or is parked; "live" moves it to the live version. */
export const retryRun = (ws: string, id: string, outcome?: Outcome, version?: Schemas['RetryBody']['version']) =>
  ask('post', '/workspaces/{ws}/runs/{id}/retry', { path: { ws, id }, body: { outcome, version } })

/** One action for many runs: either those of the ids, or all of a filter, at most the 10,000 newest. */
export type BulkAction = Omit<Schemas['BulkInputBody'], 'filter'> & { filter?: RunFilter }

export const bulkRuns = (ws: string, body: BulkAction) =>
  ask('post', '/workspaces/{ws}/runs/bulk', { path: { ws }, body: body as Schemas['BulkInputBody'], headers: once() })

/** The steps behind the first 500. */
export const stepsQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'runs', 'one', id, 'steps'],
    queryFn: ({ signal, pageParam }) => ask('get', '/workspaces/{ws}/runs/{id}/steps', { path: { ws, id }, query: { cursor: pageParam, limit: 200 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

const OPEN: ReadonlySet<string> = new Set(['queued', 'running', 'waiting', 'held'])

/** Whether a run can still change by itself or be cancelled. */
export const isOpen = (status: RunStatus) => OPEN.has(status)

/** Whether a run ended in a way that a person can mend. */
export const isStuck = (status: RunStatus) => status === 'failed' || status === 'parked'

/** The sentence of a failure; undefined when there is none. */
export const failureText = (error: Failure | null | undefined): string | undefined => error?.message || undefined
