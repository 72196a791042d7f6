// Workflows as the pages show them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Definition } from '../lib/definition'
import { call, query, type Page, type Problem } from './http'
import type { Run } from './runs'

export type WorkflowStatus = 'draft' | 'live' | 'paused'

export interface TriggerAddress {
  id: string
  type: string
  /** Absent for triggers that no web address starts. */
  url?: string
}

/** A run as the list of workflows shows it. */
export type LastRun = Pick<Run, 'id' | 'status' | 'created_at'>

export interface Workflow {
  id: string
  name: string
  revision: number
  status: WorkflowStatus
  live_version?: number | null
  has_changes: boolean
  held_count: number
  problems?: Problem[] | null
  triggers?: TriggerAddress[] | null
  definition?: Definition
  /** The newest runs; in lists only. */
  last_runs?: LastRun[] | null
  created_at?: string
  updated_at?: string
  /** When it was moved to the trash. */
  deleted_at?: string | null
}

export interface Version {
  version: number
  /** When it was published. */
  created_at: string
}

/** What to do with events that were kept while a workflow was not live. */
export type HeldChoice = 'run' | 'keep' | 'discard'

const at = (ws: string) => `/workspaces/${encodeURIComponent(ws)}`
const one = (ws: string, id: string) => `${at(ws)}/workflows/${encodeURIComponent(id)}`

export interface WorkflowFilter {
  q?: string
  /** draft, live, paused, or deleted for the trash. */
  status?: string
}

export const workflowsQuery = (ws: string, filter: WorkflowFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'workflows', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Workflow>>('GET', `${at(ws)}/workflows${query({ ...filter, cursor: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const workflowQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflows', 'one', id],
    queryFn: ({ signal }) => call<Workflow>('GET', one(ws, id), { signal }),
  })

export const versionsQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflows', 'versions', id],
    queryFn: ({ signal }) => call<Page<Version>>('GET', `${one(ws, id)}/versions`, { signal }),
  })

export const createWorkflow = (ws: string, body: { name: string; definition?: unknown }) =>
  call<Workflow>('POST', `${at(ws)}/workflows`, { body, headers: { 'Idempotency-Key': crypto.randomUUID() } })

export const publish = (ws: string, id: string, held?: HeldChoice) =>
  call<{ version: number }>('POST', `${one(ws, id)}/publish`, { body: held ? { held } : {} })

export const pause = (ws: string, id: string) => call<void>('POST', `${one(ws, id)}/pause`, { body: {} })

export const resume = (ws: string, id: string, held?: HeldChoice) =>
  call<void>('POST', `${one(ws, id)}/resume`, { body: held ? { held } : {} })

export const renameWorkflow = (ws: string, workflow: Pick<Workflow, 'id' | 'revision'>, name: string) =>
  call<Workflow>('PATCH', one(ws, workflow.id), { body: { name }, headers: { 'If-Match': `"${workflow.revision}"` } })

export const duplicateWorkflow = (ws: string, id: string) =>
  call<Workflow>('POST', `${one(ws, id)}/duplicate`, { headers: { 'Idempotency-Key': crypto.randomUUID() } })

/** Moves to the trash, from where it can be restored for 30 days. */
export const trashWorkflow = (ws: string, id: string) => call<void>('DELETE', one(ws, id))

/** Ends what is in the trash: its URL answers nothing any more. */
export const deleteForever = (ws: string, id: string) => call<void>('DELETE', `${one(ws, id)}?forever=true`)

export const restoreWorkflow = (ws: string, id: string) => call<Workflow>('POST', `${one(ws, id)}/restore`, { body: {} })
