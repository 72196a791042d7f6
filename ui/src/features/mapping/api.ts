// What the mapping fields ask the server.
import { queryOptions } from '@tanstack/react-query'
import { all } from '../../api/all'
import { at, once } from '../../api/at'
import { ask, type Schemas } from '../../api/client'
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

export type Operator = Schemas['Operator']

export interface Language {
  roots: string[]
  functions: MappingFunction[]
  operators: Operator[]
}

/** The language changes only with the server's version. */
export const languageQuery = queryOptions({
  queryKey: ['mapping'],
  queryFn: ({ signal }) => ask('get', '/mapping', { signal }) as Promise<Language>,
  staleTime: Number.POSITIVE_INFINITY,
})

/** The newest runs and tests of a workflow, with what their steps gave. */
export const outputsQuery = (ws: string, workflowId: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'list', 'outputs', workflowId],
    queryFn: async ({ signal }) => {
      const list = (filter: { kind: string; mode?: string }) =>
        ask('get', '/workspaces/{ws}/runs', { path: { ws }, query: { workflow_id: workflowId, ...filter, limit: 1 }, signal })
      const pages = await Promise.all([list({ kind: 'workflow' }), list({ kind: 'step_test' }), list({ kind: 'workflow', mode: 'live' })])
      const found = new Map(pages.flatMap((page) => page.items).map((run) => [run.id, run]))
      const newest = [...found.values()].sort((a, b) => b.created_at.localeCompare(a.created_at))
      return Promise.all(newest.map(({ id }) => ask('get', '/workspaces/{ws}/runs/{id}', { path: { ws, id }, signal }) as Promise<Run>))
    },
  })

export type CustomValue = Schemas['ValueView']

export const customValuesQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'custom-values', 'all'],
    queryFn: async ({ signal }) => all<CustomValue>(at(ws, 'custom-values'), signal),
  })

export const createCustomValue = (ws: string, body: Schemas['CreateValueInputBody']) =>
  ask('post', '/workspaces/{ws}/custom-values', { path: { ws }, body, headers: once() })

export type ContactField = Schemas['FieldView']

export const contactFieldsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contact-fields', 'all'],
    queryFn: async ({ signal }) => all<ContactField>(at(ws, 'contact-fields'), signal),
  })

/** The newest contact, as an example of one. */
export const anyContactQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'any'],
    queryFn: async ({ signal }) => {
      const page = await ask('get', '/workspaces/{ws}/contacts', { path: { ws }, query: { limit: 1 }, signal })
      return (page.items[0] as Record<string, unknown> | undefined) ?? null
    },
  })

export const workspaceQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workspace'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}', { path: { ws }, signal }) as Promise<Record<string, unknown>>,
  })
