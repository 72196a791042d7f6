// Workflows as the pages show them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Definition } from '../lib/definition'
import { once } from './at'
import { ask, type Schemas } from './client'
import type { Page } from './http'

export type TriggerAddress = Schemas['TriggerView']

/** The document leaves the definition open; the newest runs are in lists only. */
export type Workflow = Schemas['WorkflowView'] & { definition?: Definition }
export type Version = Schemas['VersionView']

/** What to do with events that were kept while a workflow was not live. */
export type HeldChoice = NonNullable<Schemas['HeldBody']['held']>

export interface WorkflowFilter {
  q?: string
  /** draft, live, paused, or deleted for the trash. */
  status?: string
  /** Name of the folder. */
  folder?: string
}

export const workflowsQuery = (ws: string, filter: WorkflowFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'workflows', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/workflows', { path: { ws }, query: { ...filter, cursor: pageParam, limit: 50 }, signal }) as Promise<Page<Workflow>>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

/** The folders with a workflow in them, by name. */
export const foldersQuery = (ws: string) =>
  queryOptions({
    // Below "workflows", so that a change of one makes it stale.
    queryKey: ['ws', ws, 'workflows', 'folders'],
    queryFn: async ({ signal }) => (await ask('get', '/workspaces/{ws}/workflow-folders', { path: { ws }, signal })).items.map((folder) => folder.name),
  })

export const workflowQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflows', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, signal }) as Promise<Workflow>,
  })

export const createWorkflow = (ws: string, body: Schemas['CreateWorkflowInputBody']) =>
  ask('post', '/workspaces/{ws}/workflows', { path: { ws }, body, headers: once() }) as Promise<Workflow>

export const publish = (ws: string, id: string, held?: HeldChoice) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/publish', { path: { ws, id }, body: { held } })

export const pause = (ws: string, id: string) => ask('post', '/workspaces/{ws}/workflows/{id}/pause', { path: { ws, id } })

export const resume = (ws: string, id: string, held?: HeldChoice) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/resume', { path: { ws, id }, body: { held } })

export const renameWorkflow = (ws: string, { id, revision }: Pick<Workflow, 'id' | 'revision'>, name: string) =>
  ask('patch', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, body: { name }, headers: { 'If-Match': `"${revision}"` } }) as Promise<Workflow>

/** Puts a workflow into a folder, which is made when there is none of the name; "" takes it out. Whatever its draft is by now. */
export const moveWorkflow = (ws: string, id: string, folder: string) =>
  ask('patch', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, body: { folder }, headers: { 'If-Match': '*' } }) as Promise<Workflow>

export const duplicateWorkflow = (ws: string, id: string) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/duplicate', { path: { ws, id }, headers: once() }) as Promise<Workflow>

/** Moves to the trash, from where it can be restored for 30 days. */
export const trashWorkflow = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/workflows/{id}', { path: { ws, id } })

/** Ends what is in the trash: its URL answers nothing any more. */
export const deleteForever = (ws: string, id: string) =>
  ask('delete', '/workspaces/{ws}/workflows/{id}', { path: { ws, id }, query: { forever: true } })

export const restoreWorkflow = (ws: string, id: string) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/restore', { path: { ws, id } }) as Promise<Workflow>
