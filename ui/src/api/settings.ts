// What a workspace is set up with: itself, custom values, connections, keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'
import type { Page } from './http'

export type WorkspaceDetail = Schemas['Workspace']
export type WorkspaceChange = Schemas['WorkspaceFields']

export const workspaceQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workspace'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}', { path: { ws }, signal }),
  })

export const updateWorkspace = (ws: string, body: WorkspaceChange) => ask('patch', '/workspaces/{ws}', { path: { ws }, body })
export const createWorkspace = (body: WorkspaceChange) => ask('post', '/workspaces', { body, headers: once() })
export const deleteWorkspace = (ws: string) => ask('delete', '/workspaces/{ws}', { path: { ws } })

/** What each page of a list is asked for with. */
interface Ask {
  path: { ws: string }
  query: { cursor: string; limit: number }
  signal: AbortSignal
}

/** One page after the other of a list below the workspace. */
function listQuery<T>(ws: string, key: string, list: (page: Ask) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: ['ws', ws, key, 'list'],
    queryFn: ({ signal, pageParam }) => list({ path: { ws }, query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })
}

export type CustomValue = Schemas['ValueView']

export const valuesQuery = (ws: string) => listQuery(ws, 'values', (page) => ask('get', '/workspaces/{ws}/custom-values', page))

export const createValue = (ws: string, body: Schemas['CreateValueInputBody']) =>
  ask('post', '/workspaces/{ws}/custom-values', { path: { ws }, body, headers: once() })
export const updateValue = (ws: string, id: string, body: Schemas['PatchValueInputBody']) =>
  ask('patch', '/workspaces/{ws}/custom-values/{id}', { path: { ws, id }, body })
export const deleteValue = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/custom-values/{id}', { path: { ws, id } })

/** Stored secrets show as ********; sent back so, they stay. */
export type Connection = Schemas['ConnectionView'] & { params: Record<string, unknown> }

export const connectionsQuery = (ws: string) =>
  listQuery(ws, 'connections', (page) => ask('get', '/workspaces/{ws}/connections', page) as Promise<Page<Connection>>)

export const createConnection = (ws: string, body: Schemas['CreateConnectionInputBody']) =>
  ask('post', '/workspaces/{ws}/connections', { path: { ws }, body, headers: once() })
export const updateConnection = (ws: string, id: string, body: Schemas['PatchConnectionInputBody']) =>
  ask('patch', '/workspaces/{ws}/connections/{id}', { path: { ws, id }, body })
export const deleteConnection = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/connections/{id}', { path: { ws, id } })
export const getConnection = (ws: string, id: string) => ask('get', '/workspaces/{ws}/connections/{id}', { path: { ws, id } })

/** The service's page on which a person signs in; back is where they go on to. */
export const signIn = (ws: string, id: string, back: string) => ask('post', '/workspaces/{ws}/connections/{id}/connect', { path: { ws, id }, body: { back } })

/** Those that their services signed out. */
export const lostConnectionsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'connections', 'lost'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/connections', { path: { ws }, query: { sign_in: 'lost' }, signal }) as Promise<Page<Connection>>,
  })
export const testConnection = (ws: string, id: string) => ask('post', '/workspaces/{ws}/connections/{id}/test', { path: { ws, id } })

export type ApiKey = Schemas['KeyView']

/** The keys of a workspace, or with `agency` those of all. */
export const keysQuery = (ws: string, agency = false) =>
  agency
    ? listQuery(ws, 'agency keys', ({ query, signal }) => ask('get', '/api-keys', { query, signal }))
    : listQuery(ws, 'keys', (page) => ask('get', '/workspaces/{ws}/api-keys', page))

/** The text of the key is in this answer only. */
export const createKey = (ws: string, agency: boolean, body: Schemas['KeyBody']) =>
  agency ? ask('post', '/api-keys', { body, headers: once() }) : ask('post', '/workspaces/{ws}/api-keys', { path: { ws }, body, headers: once() })
export const revokeKey = (ws: string, agency: boolean, id: string) =>
  agency ? ask('delete', '/api-keys/{id}', { path: { id } }) : ask('delete', '/workspaces/{ws}/api-keys/{id}', { path: { ws, id } })
