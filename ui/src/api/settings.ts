// What a workspace is set up with: itself, custom values, connections, keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export interface WorkspaceDetail {
  id: string
  number: number
  slug: string
  name: string
  timezone: string
  locale: string
  currency: string
  default_country: string
  sender: { name: string; email: string }
  features: Record<string, boolean>
  limits: Record<string, number>
  /** How long finished runs and requests are kept; 0 for ever. */
  history_days: number
  created_at: string
}

export type WorkspaceChange = Partial<
  Pick<WorkspaceDetail, 'name' | 'slug' | 'timezone' | 'locale' | 'currency' | 'default_country' | 'sender' | 'features' | 'limits'>
>

export const workspaceQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workspace'],
    queryFn: ({ signal }) => call<WorkspaceDetail>('GET', at(ws), { signal }),
  })

export const updateWorkspace = (ws: string, body: WorkspaceChange) => call<WorkspaceDetail>('PATCH', at(ws), { body })
export const createWorkspace = (body: WorkspaceChange) => call<WorkspaceDetail>('POST', '/workspaces', { body, headers: once() })
export const deleteWorkspace = (ws: string) => call<void>('DELETE', at(ws))

/** One page after the other of a list below the workspace. */
function listQuery<T>(ws: string, path: string, key: string) {
  return infiniteQueryOptions({
    queryKey: ['ws', ws, key, 'list'],
    queryFn: ({ signal, pageParam }) => call<Page<T>>('GET', `${at(ws, path)}${query({ cursor: pageParam, limit: 100 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })
}

export interface CustomValue {
  id: string
  key: string
  name: string
  value: unknown
  updated_at: string
}

export const valuesQuery = (ws: string) => listQuery<CustomValue>(ws, 'custom-values', 'values')

export const createValue = (ws: string, body: { name: string; key?: string; value: unknown }) =>
  call<CustomValue>('POST', at(ws, 'custom-values'), { body, headers: once() })
export const updateValue = (ws: string, id: string, body: { name?: string; value?: unknown }) =>
  call<CustomValue>('PATCH', at(ws, 'custom-values', id), { body })
export const deleteValue = (ws: string, id: string) => call<void>('DELETE', at(ws, 'custom-values', id))

export interface Connection {
  id: string
  type: string
  name: string
  /** Stored secrets show as ********; sent back so, they stay. */
  params: Record<string, unknown>
}

export const connectionsQuery = (ws: string) => listQuery<Connection>(ws, 'connections', 'connections')

export const createConnection = (ws: string, body: { type: string; name: string; params: unknown }) =>
  call<Connection>('POST', at(ws, 'connections'), { body, headers: once() })
export const updateConnection = (ws: string, id: string, body: { name?: string; params?: unknown }) =>
  call<Connection>('PATCH', at(ws, 'connections', id), { body })
export const deleteConnection = (ws: string, id: string) => call<void>('DELETE', at(ws, 'connections', id))
export const testConnection = (ws: string, id: string) =>
  call<{ ok: boolean; message: string }>('POST', at(ws, 'connections', id, 'test'), { body: {} })

export interface ApiKey {
  id: string
  name: string
  /** How the key begins. */
  prefix: string
  scopes: string[]
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export const keysQuery = (ws: string) => listQuery<ApiKey>(ws, 'api-keys', 'keys')

/** The text of the key is in this answer only. */
export const createKey = (ws: string, body: { name: string; scopes: string[]; expires_at?: string }) =>
  call<ApiKey & { key: string }>('POST', at(ws, 'api-keys'), { body, headers: once() })
export const revokeKey = (ws: string, id: string) => call<void>('DELETE', at(ws, 'api-keys', id))
