// Templates that people made: files, versions, links, and cloning for many clients.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Answer, type Schemas } from './client'

export type Found = Schemas['RecipeView']
export type FoundInput = Schemas['RecipeInput']
export type Checked = Answer<'post', '/workspaces/{ws}/templates/{template}/clones/check'>
export type CloneRows = Schemas['CloneRows']
export type Report = Schemas['ReportView']

const at = (ws: string, template: string) => ({ path: { ws, template } })

export const inspect = (ws: string, body: Schemas['RecipeBody']) => ask('post', '/workspaces/{ws}/templates/inspect', { path: { ws }, body })

export const recipeQuery = (ws: string, template: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'templates', template, 'recipe'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/templates/{template}/recipe', { ...at(ws, template), signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const makeTemplate = (ws: string, body: Schemas['MakeTemplateInputBody']) => ask('post', '/workspaces/{ws}/templates', { path: { ws }, body, headers: once() })

export const makeVersion = (ws: string, template: string, body: Schemas['NewVersionInputBody']) =>
  ask('post', '/workspaces/{ws}/templates/{template}/versions', { ...at(ws, template), body, headers: once() })

export const importTemplate = (ws: string, file: unknown) => ask('post', '/workspaces/{ws}/templates/import', { path: { ws }, body: file as never })

export const deleteTemplate = (ws: string, template: string) => ask('delete', '/workspaces/{ws}/templates/{template}', at(ws, template))

export const shareTemplate = (ws: string, template: string, days: number) =>
  ask('post', '/workspaces/{ws}/templates/{template}/links', { ...at(ws, template), body: { days } })

export const linksQuery = (ws: string, template: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'templates', template, 'links'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/templates/{template}/links', { ...at(ws, template), signal }),
  })

export const endLink = (ws: string, template: string, link: string) =>
  ask('delete', '/workspaces/{ws}/templates/{template}/links/{link}', { path: { ws, template, link } })

export const fileAddress = (ws: string, template: string) => `/api/v1/workspaces/${encodeURIComponent(ws)}/templates/${encodeURIComponent(template)}/file`
export const sheetAddress = (ws: string, template: string) => `/api/v1/workspaces/${encodeURIComponent(ws)}/templates/${encodeURIComponent(template)}/sheet`
export const reportAddress = (ws: string, job: string) => `/api/v1/workspaces/${encodeURIComponent(ws)}/clone-jobs/${encodeURIComponent(job)}/report.csv`

export const checkClones = (ws: string, template: string, body: CloneRows) =>
  ask('post', '/workspaces/{ws}/templates/{template}/clones/check', { ...at(ws, template), body })

export const startClones = (ws: string, template: string, body: CloneRows) =>
  ask('post', '/workspaces/{ws}/templates/{template}/clones', { ...at(ws, template), body, headers: once() })

/** How often a report looks whether first events came, in milliseconds: those of clients are not heard of here. */
export const FIRST_EVENTS_MS = 10_000

/** What became of each client, asked for once the job is over. */
export const reportQuery = (ws: string, job: string, over: boolean) =>
  queryOptions({
    queryKey: ['ws', ws, 'clone-jobs', job],
    enabled: over,
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/clone-jobs/{id}', { path: { ws, id: job }, signal }),
    staleTime: 0,
    // Each row is a look into the client's workspace: of hundreds, it is asked for less often.
    refetchInterval: (query) => {
      const rows = query.state.data?.rows ?? []
      return rows.some((row) => row.workflow_id && !row.received) && Math.max(FIRST_EVENTS_MS, rows.length * 200)
    },
  })

export const actOnClones = (ws: string, body: Schemas['ActInputBody']) => ask('post', '/workspaces/{ws}/clones/act', { path: { ws }, body, headers: once() })

export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => ask('get', '/shared-templates/{token}', { path: { token }, signal }),
    retry: false,
  })
