// Requests that came to a workflow's addresses, as samples for its fields.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, query, type Page } from '../../api/http'

const at = (ws: string) => `/workspaces/${encodeURIComponent(ws)}`

/** A request as lists show it. */
export interface StoredRequest {
  id: string
  workflow_id: string
  trigger_id: string
  verdict: string
  reason: string
  method: string
  path: string
  query: string
  content_type: string
  size: number
  ip: string
  test: boolean
  received_at: string
}

export interface RequestDetail extends StoredRequest {
  headers: Record<string, string[]>
  body: { kind: string; value: unknown; error?: string; notes?: string[] } | null
}

/** The requests to a workflow's addresses, newest first; q looks into ids and content. */
export const requestsQuery = (ws: string, workflowId: string, q = '') =>
  infiniteQueryOptions({
    // Below "workflows", so that a new request makes it stale.
    queryKey: ['ws', ws, 'workflows', 'requests', workflowId, q],
    queryFn: ({ signal, pageParam }) =>
      call<Page<StoredRequest>>('GET', `${at(ws)}/requests${query({ workflow_id: workflowId, q, cursor: pageParam, limit: 25 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

/** One request with its body, which never changes. */
export const requestQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['request', ws, id],
    queryFn: ({ signal }) => call<RequestDetail>('GET', `${at(ws)}/requests/${encodeURIComponent(id)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Verdicts of requests that are good samples. */
const GOOD = new Set(['accepted', 'held', 'filtered', 'duplicate'])

export const isSample = (request: Pick<StoredRequest, 'verdict'>) => GOOD.has(request.verdict)
