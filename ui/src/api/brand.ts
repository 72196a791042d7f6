// How a workspace, or the agency, looks and is called.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from './client'

export type BrandDetail = Schemas['BrandView']
export type BrandChange = Schemas['BrandBody']
export type Colours = Schemas['Palette']

/** Whose brand it is: a workspace's, or with undefined the agency's. */
export type Whose = string | undefined

export const brandQuery = (ws: Whose) =>
  queryOptions({
    queryKey: ws ? ['ws', ws, 'brand'] : ['agency-brand'],
    queryFn: ({ signal }) => (ws ? ask('get', '/workspaces/{ws}/brand', { path: { ws }, signal }) : ask('get', '/agency/brand', { signal })),
  })

/** What pages would make of a colour; wrong ones are answered 422. */
export const coloursQuery = (accent: string) =>
  queryOptions({
    queryKey: ['brand-colours', accent],
    queryFn: ({ signal }) => ask('get', '/brand-colours', { query: { accent }, signal }),
    enabled: /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(accent),
    staleTime: Infinity,
    retry: false,
  })

export const updateBrand = (ws: Whose, body: BrandChange) =>
  ws ? ask('patch', '/workspaces/{ws}/brand', { path: { ws }, body }) : ask('patch', '/agency/brand', { body })
export const setLogo = (ws: Whose, image: string) =>
  ws ? ask('put', '/workspaces/{ws}/brand/logo', { path: { ws }, body: { image } }) : ask('put', '/agency/brand/logo', { body: { image } })
export const removeLogo = (ws: Whose) =>
  ws ? ask('delete', '/workspaces/{ws}/brand/logo', { path: { ws } }) : ask('delete', '/agency/brand/logo', {})
export const setDomain = (ws: Whose, name: string) =>
  ws ? ask('put', '/workspaces/{ws}/brand/domain', { path: { ws }, body: { name } }) : ask('put', '/agency/brand/domain', { body: { name } })
export const checkDomain = (ws: Whose, anyway: boolean) =>
  ws
    ? ask('post', '/workspaces/{ws}/brand/domain/check', { path: { ws }, body: { anyway } })
    : ask('post', '/agency/brand/domain/check', { body: { anyway } })
