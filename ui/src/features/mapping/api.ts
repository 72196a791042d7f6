// What the mapping fields ask the server.
import { queryOptions } from '@tanstack/react-query'
import { all } from '../../api/all'
import { call, query, type Page } from '../../api/http'
import type { Run } from '../../api/runs'

export interface MappingFunction {
  name: string
  group: string
  summary: string
  args: { name: string; type: string; optional?: boolean; many?: boolean }[]
  aliases?: string[]
  example: string
  result: unknown
}

export interface Operator {
  name: string
  label: string
  needs_value: boolean
  needs_to: boolean
  to_many?: boolean
}

export interface Language {
  roots: string[]
  functions: MappingFunction[]
  operators: Operator[]
}

/** The language changes only with the server's version. */
export const languageQuery = queryOptions({
  queryKey: ['mapping'],
  queryFn: ({ signal }) => call<Language>('GET', '/mapping', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

const at = (ws: string) => `/workspaces/${encodeURIComponent(ws)}`

/** The newest runs and tests of a workflow, with what their steps gave. */
export const outputsQuery = (ws: string, workflowId: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'list', 'outputs', workflowId],
    queryFn: async ({ signal }) => {
      const list = (filter: { kind: string; mode?: string }) =>
        call<Page<Run>>('GET', `${at(ws)}/runs${query({ workflow_id: workflowId, ...filter, limit: 1 })}`, { signal })
      const pages = await Promise.all([list({ kind: 'workflow' }), list({ kind: 'step_test' }), list({ kind: 'workflow', mode: 'live' })])
      const found = new Map(pages.flatMap((page) => page.items ?? []).map((run) => [run.id, run]))
      const newest = [...found.values()].sort((a, b) => b.created_at.localeCompare(a.created_at))
      return Promise.all(newest.map((run) => call<Run>('GET', `${at(ws)}/runs/${encodeURIComponent(run.id)}`, { signal })))
    },
  })

export interface CustomValue {
  id: string
  key: string
  name: string
  value: unknown
}

export const customValuesQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'custom-values', 'all'],
    queryFn: async ({ signal }) => all<CustomValue>(`${at(ws)}/custom-values`, signal),
  })

export const createCustomValue = (ws: string, body: { name: string; value: unknown }) =>
  call<CustomValue>('POST', `${at(ws)}/custom-values`, { body, headers: { 'Idempotency-Key': crypto.randomUUID() } })

export interface ContactField {
  id: string
  key: string
  label: string
  kind: string
  options: string[]
}

export const contactFieldsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contact-fields', 'all'],
    queryFn: async ({ signal }) => all<ContactField>(`${at(ws)}/contact-fields`, signal),
  })

/** The newest contact, as an example of one. */
export const anyContactQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'any'],
    queryFn: async ({ signal }) => {
      const page = await call<Page<Record<string, unknown>>>('GET', `${at(ws)}/contacts${query({ limit: 1 })}`, { signal })
      return page.items[0] ?? null
    },
  })

export const workspaceQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workspace'],
    queryFn: ({ signal }) => call<Record<string, unknown>>('GET', at(ws), { signal }),
  })
