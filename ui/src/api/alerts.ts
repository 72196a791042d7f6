// Who is told when runs fail, and what was told so far.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export interface Alerts {
  enabled: boolean
  /** At most one message in this time. */
  every_minutes: number
  /** The owners when empty. */
  emails: string[]
  /** Called too; empty for none. */
  webhook_url: string
  recipients: string[]
  /** "outbox" when the server has no way to send e-mails: they are kept to be read here. */
  email_delivery: 'smtp' | 'outbox'
  told_at: string | null
}

export type AlertsChange = Pick<Alerts, 'enabled' | 'every_minutes' | 'emails' | 'webhook_url'>

export const alertsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'alerts'],
    queryFn: ({ signal }) => call<Alerts>('GET', at(ws, 'alerts'), { signal }),
  })

export const updateAlerts = (ws: string, body: AlertsChange) => call<Alerts>('PUT', at(ws, 'alerts'), { body })
export const testAlerts = (ws: string) => call<{ queued: number }>('POST', at(ws, 'alerts', 'test'), { body: {}, headers: once() })

export interface Message {
  id: string
  kind: string
  channel: 'email' | 'webhook'
  target: string
  subject: string
  body: string
  status: 'queued' | 'sending' | 'sent' | 'kept' | 'failed'
  attempts: number
  error: string
  created_at: string
  sent_at: string | null
}

export const outboxQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'outbox'],
    queryFn: ({ signal, pageParam }) => call<Page<Message>>('GET', `${at(ws, 'outbox')}${query({ cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })
