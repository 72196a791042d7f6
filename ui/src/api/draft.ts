// The draft of a workflow, and the versions that came of it.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Definition } from '../lib/definition'
import { ask, type Schemas } from './client'
import type { Workflow } from './workflows'

export { duplicateWorkflow } from './workflows'

/** Stores the draft unless somebody stored another since that revision: then 412. */
export const putDraft = (ws: string, id: string, revision: number, body: { name: string; definition: Definition }) =>
  ask('put', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, body, headers: { 'If-Match': `"${revision}"` } }) as Promise<Workflow>

export const readWorkflow = (ws: string, id: string) => ask('get', '/workspaces/{ws}/workflows/{id}', { path: { ws, id } }) as Promise<Workflow>

/** The document that is live; a failure with status 404 when none ever was. */
export const liveQuery = (ws: string, id: string, version: number) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflow-live', id, version],
    queryFn: ({ signal }) =>
      ask('get', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, query: { version: String(version) }, signal }) as Promise<Workflow>,
    staleTime: Number.POSITIVE_INFINITY, // versions never change
  })

/** The document leaves the definition open. */
export type VersionDetail = Schemas['VersionDetail'] & { definition: Definition }

export const versionQuery = (ws: string, id: string, version: number) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflow-version', id, version],
    queryFn: ({ signal }) =>
      ask('get', '/workspaces/{ws}/workflows/{id}/versions/{version}', { path: { ws, id, version }, signal }) as Promise<VersionDetail>,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const versionListQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'workflows', 'versions', id, 'list'],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/workflows/{id}/versions', { path: { ws, id }, query: { cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

/** Makes an old version the draft. */
export const restoreVersion = (ws: string, id: string, version: number) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/versions/{version}/restore', { path: { ws, id, version } }) as Promise<Workflow>

/** Makes the live version the draft. */
export const discardDraft = (ws: string, id: string) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/discard-draft', { path: { ws, id } }) as Promise<Workflow>

/** What each step did in the last 30 days, and how many runs wait in it. */
export const statsQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'list', 'stats', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/workflows/{id}/stats', { path: { ws, id }, signal }),
    staleTime: 30_000,
  })
