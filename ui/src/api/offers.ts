// Offers, and who was granted them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type Product = Schemas['Product']
export type Offer = Schemas['OfferView']
/** Its run is null when a person or the API granted it. */
export type Grant = Schemas['GrantView']
export type SendEmail = NonNullable<Schemas['CreateGrantInputBody']['send_email']>

export const offersQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'offers', 'list'],
    queryFn: ({ signal, pageParam }) => ask('get', '/workspaces/{ws}/offers', { path: { ws }, query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const offerQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'offers', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/offers/{id}', { path: { ws, id }, signal }),
  })

export type OfferChange = Schemas['CreateOfferInputBody']

export const createOffer = (ws: string, body: OfferChange) => ask('post', '/workspaces/{ws}/offers', { path: { ws }, body, headers: once() })
export const updateOffer = (ws: string, id: string, body: Schemas['PatchOfferInputBody']) =>
  ask('patch', '/workspaces/{ws}/offers/{id}', { path: { ws, id }, body })
export const deleteOffer = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/offers/{id}', { path: { ws, id } })

export interface GrantFilter {
  offer_id?: string
  contact_id?: string
  active?: string
}

export const grantsQuery = (ws: string, filter: GrantFilter) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'offers', 'grants', filter],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/grants', { path: { ws }, query: { ...filter, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const grantOffer = (ws: string, body: Schemas['CreateGrantInputBody']) =>
  ask('post', '/workspaces/{ws}/grants', { path: { ws }, body, headers: once() })

export const revokeGrant = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/grants/{id}', { path: { ws, id } })
