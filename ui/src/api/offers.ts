// Offers, and who was granted them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export interface Product {
  id: string
  title: string
}

export interface Offer {
  id: string
  number: number
  title: string
  products: Product[]
  created_at: string
}

export interface Grant {
  id: string
  contact_id: string
  offer_id: string
  granted_at: string
  revoked_at: string | null
  /** null when a person or the API granted it. */
  run_id: string | null
}

export type SendEmail = 'never' | 'if_subscribed' | 'always'

export const offersQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'offers', 'list'],
    queryFn: ({ signal, pageParam }) => call<Page<Offer>>('GET', `${at(ws, 'offers')}${query({ cursor: pageParam, limit: 100 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const offerQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'offers', 'one', id],
    queryFn: ({ signal }) => call<Offer>('GET', at(ws, 'offers', id), { signal }),
  })

export interface OfferChange {
  title: string
  products: { id?: string; title: string }[]
}

export const createOffer = (ws: string, body: OfferChange) => call<Offer>('POST', at(ws, 'offers'), { body, headers: once() })
export const updateOffer = (ws: string, id: string, body: Partial<OfferChange>) => call<Offer>('PATCH', at(ws, 'offers', id), { body })
export const deleteOffer = (ws: string, id: string) => call<void>('DELETE', at(ws, 'offers', id))

export interface GrantFilter {
  offer_id?: string
  contact_id?: string
  active?: string
}

export const grantsQuery = (ws: string, filter: GrantFilter) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'offers', 'grants', filter],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Grant>>('GET', `${at(ws, 'grants')}${query({ ...filter, cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const grantOffer = (ws: string, body: { contact_id: string; offer_id: string; send_email?: SendEmail }) =>
  call<Grant & { already_granted: boolean }>('POST', at(ws, 'grants'), { body, headers: once() })

export const revokeGrant = (ws: string, id: string) => call<void>('DELETE', at(ws, 'grants', id))
