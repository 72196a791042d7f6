// Ready-made workflows, with the questions each asks first.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type TemplateInput = Schemas['TemplateInput']
export type Template = Schemas['TemplateView']
export type TemplateStep = Schemas['TemplateStep']

/** They change only with the server's version. */
export const templatesQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'templates'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/templates', { path: { ws }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Makes the workflows of a template as drafts. */
export const cloneTemplate = (ws: string, id: string, body: Schemas['CloneInputBody']) =>
  ask('post', '/workspaces/{ws}/templates/{template}/clone', { path: { ws, template: id }, body, headers: once() })
