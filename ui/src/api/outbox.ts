// Messages to people: e-mails to contacts, and what members are told.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type Message = Schemas['MessageView']
/** With the page as it goes out, the sender and where answers go. */
export type WholeMessage = Schemas['WholeMessage']
/** An e-mail of a step as it would go out. */
export type EmailView = Schemas['EmailView']
export type EmailOrder = Schemas['EmailBody']

export const outboxQuery = (ws: string, status?: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'outbox', 'list', status ?? ''],
    queryFn: ({ signal, pageParam }) => ask('get', '/workspaces/{ws}/outbox', { path: { ws }, query: { status, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    // Nothing tells of messages as they go: the page looks itself.
    refetchInterval: 10_000,
  })

export const messageQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'outbox', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/outbox/{id}', { path: { ws, id }, signal }),
    refetchInterval: (query) => (['queued', 'sending'].includes(query.state.data?.status ?? '') ? 2_000 : false),
  })

export const sendAgain = (ws: string, id: string) => ask('post', '/workspaces/{ws}/outbox/{id}/send-again', { path: { ws, id }, headers: once() })

export const previewEmail = (ws: string, workflow: string, body: EmailOrder, signal?: AbortSignal) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/email-preview', { path: { ws, id: workflow }, body, signal })

/** Sends it to whoever is signed in, and to nobody else. */
export const testEmail = (ws: string, workflow: string, body: EmailOrder) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/email-test', { path: { ws, id: workflow }, body, headers: once() })
