// The addresses by which other systems grant and revoke an offer, and the log of their calls.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

/** Its addresses are null for readers who may not grant: the address alone is the credential. */
export type OfferAddresses = Schemas['OfferAddresses']
export type OfferCall = Schemas['OfferCallView']
export type OfferAction = OfferCall['action']

export interface OfferCallFilter {
  action?: string
  verdict?: string
}

export const addressesQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'offers', 'addresses', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/offers/{id}/webhooks', { path: { ws, id }, signal }),
  })

/** Gives an offer new addresses; the old ones work for the overlap, such as "24h" or "0s". */
export const rotateAddresses = (ws: string, id: string, overlap: string) =>
  ask('post', '/workspaces/{ws}/offers/{id}/rotate-urls', { path: { ws, id }, body: { overlap }, headers: once() })

export const callsKey = (ws: string, id: string, filter: OfferCallFilter) => ['ws', ws, 'offers', 'feed', 'calls', id, filter]

export const listCalls = (ws: string, id: string, filter: OfferCallFilter, cursor: string, signal?: AbortSignal) =>
  ask('get', '/workspaces/{ws}/offers/{id}/requests', { path: { ws, id }, query: { ...filter, cursor, limit: 50 }, signal })
