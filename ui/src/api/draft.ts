// The draft of a workflow, and the versions that came of it.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Definition } from '../lib/definition'
import { call, query, type Page } from './http'
import type { Version, Workflow } from './workflows'

const one = (ws: string, id: string) => `/workspaces/${encodeURIComponent(ws)}/workflows/${encodeURIComponent(id)}`

/** Stores the draft unless somebody stored another since that revision: then 412. */
export const putDraft = (ws: string, id: string, revision: number, draft: { name: string; definition: Definition }) =>
  call<Workflow>('PUT', one(ws, id), { body: draft, headers: { 'If-Match': `"${revision}"` } })

export const readWorkflow = (ws: string, id: string) => call<Workflow>('GET', one(ws, id))

/** The document that is live; a failure with status 404 when none ever was. */
export const liveQuery = (ws: string, id: string, version: number) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflow-live', id, version],
    queryFn: ({ signal }) => call<Workflow>('GET', `${one(ws, id)}${query({ version })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY, // versions never change
  })

export interface VersionDetail extends Version {
  definition: Definition
  compared_to: number | null
  /** A sentence each. */
  changes: { text: string }[]
}

export const versionQuery = (ws: string, id: string, version: number) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflow-version', id, version],
    queryFn: ({ signal }) => call<VersionDetail>('GET', `${one(ws, id)}/versions/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const versionListQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'workflows', 'versions', id, 'list'],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Version>>('GET', `${one(ws, id)}/versions${query({ cursor: pageParam, limit: 20 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

/** Makes an old version the draft. */
export const restoreVersion = (ws: string, id: string, version: number) =>
  call<Workflow>('POST', `${one(ws, id)}/versions/${version}/restore`, { body: {} })

/** Makes the live version the draft. */
export const discardDraft = (ws: string, id: string) => call<Workflow>('POST', `${one(ws, id)}/discard-draft`, { body: {} })

export const duplicateWorkflow = (ws: string, id: string) =>
  call<Workflow>('POST', `${one(ws, id)}/duplicate`, { body: {}, headers: { 'Idempotency-Key': crypto.randomUUID() } })

export interface StepStat {
  step_id: string
  entered: number
  waiting: number
  failed: number
}

/** What each step did in the last 30 days, and how many runs wait in it. */
export const statsQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'list', 'stats', id],
    queryFn: ({ signal }) => call<{ steps: StepStat[] }>('GET', `${one(ws, id)}/stats`, { signal }),
    staleTime: 30_000,
  })
