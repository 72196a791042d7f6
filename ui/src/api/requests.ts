// What senders sent: the inbox.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { ask, type Schemas } from './client'

export type InboundRequest = Schemas['RequestView']
export type Verdict = InboundRequest['verdict']
export type RequestDetail = Schemas['RequestDetail']

export interface RequestFilter {
  workflow_id?: string
  verdict?: string
  q?: string
}

export const requestsKey = (ws: string, filter: RequestFilter) => ['ws', ws, 'requests', 'feed', filter]

export const listRequests = (ws: string, filter: RequestFilter, cursor: string, signal?: AbortSignal) =>
  ask('get', '/workspaces/{ws}/requests', { path: { ws }, query: { ...filter, cursor, limit: 100 }, signal })

export const requestQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'requests', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/requests/{id}', { path: { ws, id }, signal }),
  })

/** The address of the body exactly as it was sent; browsers save it as a file. */
export const rawAddress = (ws: string, id: string) => `/api/v1${at(ws, 'requests', id, 'raw')}`

/** The body as text, for looking at; null when it was not kept. */
export async function rawText(ws: string, id: string, signal?: AbortSignal): Promise<string | null> {
  const answer = await fetch(rawAddress(ws, id), { credentials: 'same-origin', signal })
  return answer.ok ? answer.text() : null
}

export const replayRequest = (ws: string, id: string) =>
  ask('post', '/workspaces/{ws}/requests/{id}/replay', { path: { ws, id }, headers: once() })
