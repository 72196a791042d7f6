// Requests that came to a workflow's addresses, as samples for its fields.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client'

/** A request as lists show it. */
export type StoredRequest = Schemas['RequestView']
export type RequestDetail = Schemas['RequestDetail']

/** The requests to a workflow's addresses, newest first; q looks into ids and content. */
export const requestsQuery = (ws: string, workflowId: string, q = '') =>
  infiniteQueryOptions({
    // Below "workflows", so that a new request makes it stale.
    queryKey: ['ws', ws, 'workflows', 'requests', workflowId, q],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/requests', { path: { ws }, query: { workflow_id: workflowId, q, cursor: pageParam, limit: 25 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

/** One request with its body, which never changes. */
export const requestQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['request', ws, id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/requests/{id}', { path: { ws, id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Verdicts of requests that are good samples. */
const GOOD = new Set(['accepted', 'held', 'filtered', 'duplicate'])

export const isSample = (request: Pick<StoredRequest, 'verdict'>) => GOOD.has(request.verdict)
