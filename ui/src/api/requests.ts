// What senders sent: the inbox.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page, type Problem } from './http'

export type Verdict =
  | 'accepted'
  | 'duplicate'
  | 'held'
  | 'filtered'
  | 'handshake'
  | 'bad_signature'
  | 'forbidden_ip'
  | 'invalid'
  | 'too_large'
  | 'rate_limited'

export interface InboundRequest {
  id: string
  workflow_id: string
  trigger_id: string
  verdict: Verdict
  /** A sentence; empty when it was simply accepted. */
  reason: string
  fields: Problem[]
  method: string
  path: string
  query: string
  content_type: string
  size: number
  ip: string
  test: boolean
  /** What the sender was answered. */
  status: number
  run_ids: string[]
  duplicate_of: string | null
  notes: string[]
  /** How many calls this row stands for. */
  count: number
  received_at: string
}

export interface RequestDetail extends InboundRequest {
  headers: Record<string, string[] | null>
  /** null when no body was kept. */
  body: {
    kind: string
    value: unknown
    files?: { field: string; name: string; content_type: string; size: number }[] | null
    notes?: string[] | null
    error?: string
  } | null
}

export interface RequestFilter {
  workflow_id?: string
  verdict?: string
  q?: string
}

export const requestsKey = (ws: string, filter: RequestFilter) => ['ws', ws, 'requests', 'feed', filter]

export const listRequests = (ws: string, filter: RequestFilter, cursor: string, signal?: AbortSignal) =>
  call<Page<InboundRequest>>('GET', `${at(ws, 'requests')}${query({ ...filter, cursor, limit: 100 })}`, { signal })

export const requestQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'requests', 'one', id],
    queryFn: ({ signal }) => call<RequestDetail>('GET', at(ws, 'requests', id), { signal }),
  })

/** The address of the body exactly as it was sent; browsers save it as a file. */
export const rawAddress = (ws: string, id: string) => `/api/v1${at(ws, 'requests', id, 'raw')}`

/** The body as text, for looking at; null when it was not kept. */
export async function rawText(ws: string, id: string, signal?: AbortSignal): Promise<string | null> {
  const answer = await fetch(rawAddress(ws, id), { credentials: 'same-origin', signal })
  return answer.ok ? answer.text() : null
}

export const replayRequest = (ws: string, id: string) =>
  call<{ run_id: string }>('POST', at(ws, 'requests', id, 'replay'), { headers: once() })
