// What is asked over all workspaces: how clients fare, where something is, what they used.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'
import type { Field } from './nodeTypes'

export type Client = Schemas['Client']

export const clientsQuery = queryOptions({
  queryKey: ['clients'],
  queryFn: ({ signal }) => ask('get', '/clients', { signal }),
  staleTime: 15_000,
  refetchInterval: 30_000,
})

export type Found = Schemas['FoundView']

/** How many characters a search has at least. */
export const MIN_SEARCH = 2

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => ask('get', '/search', { query: { q }, signal }),
    enabled: q.length >= MIN_SEARCH,
    staleTime: 30_000,
  })

export type Used = Schemas['Used']

/** month is written 2026-11. */
export const usageQuery = (month: string) =>
  queryOptions({
    queryKey: ['usage', month],
    queryFn: ({ signal }) => ask('get', '/usage', { query: { from: month, to: month }, signal }),
    staleTime: 30_000,
  })

export const usageSheet = (month: string) => `/api/v1/usage/export?from=${month}&to=${month}`

export type AgencyAlerts = Schemas['AgencyAlertsView']

export const agencyAlertsQuery = queryOptions({
  queryKey: ['agency', 'alerts'],
  queryFn: ({ signal }) => ask('get', '/agency/alerts', { signal }),
})

export const updateAgencyAlerts = (body: Schemas['PutAgencyAlertsInputBody']) => ask('put', '/agency/alerts', { body })

export const setLimits = (ws: string, limits: Record<string, number>) => ask('patch', '/workspaces/{ws}', { path: { ws }, body: { limits } })

/** The address is in this answer only. */
export const askClient = (ws: string, id: string) => ask('post', '/workspaces/{ws}/connections/{id}/client-link', { path: { ws, id }, headers: once() })
export const endClientLink = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/connections/{id}/client-link', { path: { ws, id } })
export const requestConnection = (ws: string, body: Schemas['RequestConnectionInputBody']) =>
  ask('post', '/workspaces/{ws}/connection-requests', { path: { ws }, body, headers: once() })

/** What a client is asked for. */
export type Asked = Omit<Schemas['AskedView'], 'fields'> & { fields: Field[] }

export const openClientLink = (token: string) => ask('post', '/client-links/open', { body: { token } }) as unknown as Promise<Asked>
/** The service's page, which this browser must open. */
export const signInByLink = (token: string) => ask('post', '/client-links/sign-in', { body: { token } })
export const fillClientLink = (body: { token: string; params: Record<string, unknown>; anyway?: boolean }) => ask('post', '/client-links/fill', { body })
