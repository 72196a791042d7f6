// The addresses by which other systems grant and revoke an offer, and the log of their calls.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page, type Problem } from './http'

export interface OfferAddresses {
  /** null for readers who may not grant: the address alone is the credential. */
  activation_url: string | null
  deactivation_url: string | null
  /** Addresses that were rotated away and still work. */
  old_urls: { activation_url: string | null; expires_at: string }[]
  /** Who called an old address in the last 30 days, the latest first. */
  old_callers: { ip: string; user_agent: string; calls: number; last_call_at: string }[]
}

export type OfferAction = 'activate' | 'deactivate'
export type OfferVerdict = 'accepted' | 'duplicate' | 'invalid' | 'forbidden' | 'too_large' | 'rate_limited'

export interface OfferCall {
  id: string
  number: number
  request_uuid: string
  action: OfferAction
  /** What the sender was answered. */
  status: number
  verdict: OfferVerdict
  /** What was sent; null when it could not be read. */
  params: Record<string, unknown> | null
  errors: Problem[]
  /** A sentence; empty when it was simply done. */
  reason: string
  method: string
  content_type: string
  size: number
  ip: string
  user_agent: string
  /** It came to an address that was rotated away. */
  old_url: boolean
  run_id: string | null
  contact_id: string | null
  duplicate_of: string | null
  created_at: string
}

export interface OfferCallFilter {
  action?: string
  verdict?: string
}

const addressesKey = (ws: string, id: string) => ['ws', ws, 'offers', 'addresses', id]

export const addressesQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: addressesKey(ws, id),
    queryFn: ({ signal }) => call<OfferAddresses>('GET', at(ws, 'offers', id, 'webhooks'), { signal }),
  })

/** Gives an offer new addresses; the old ones work for the overlap, such as "24h" or "0s". */
export const rotateAddresses = (ws: string, id: string, overlap: string) =>
  call<OfferAddresses>('POST', at(ws, 'offers', id, 'rotate-urls'), { body: { overlap }, headers: once() })

export const callsKey = (ws: string, id: string, filter: OfferCallFilter) => ['ws', ws, 'offers', 'feed', 'calls', id, filter]

export const listCalls = (ws: string, id: string, filter: OfferCallFilter, cursor: string, signal?: AbortSignal) =>
  call<Page<OfferCall>>('GET', `${at(ws, 'offers', id, 'requests')}${query({ ...filter, cursor, limit: 50 })}`, { signal })
