// Forms that people fill in, and what they sent.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

/** Its key is made of the label, and where the answer goes is decided by the server, when they are left out. */
export type FormField = Schemas['FormFieldBody']
export type FormFieldKind = FormField['kind']
export type WebForm = Schemas['FormView']
export type FormChange = Schemas['FormParts']
/** Its contact is null when it was not accepted, its answers when none were kept. */
export type Submission = Schemas['SubmissionView']
export type SubmissionState = Submission['state']

export const formsQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'forms', 'list'],
    queryFn: ({ signal, pageParam }) => ask('get', '/workspaces/{ws}/forms', { path: { ws }, query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const formKey = (ws: string, id: string) => ['ws', ws, 'forms', 'one', id]

export const formQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: formKey(ws, id),
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/forms/{id}', { path: { ws, id }, signal }),
  })

export const createForm = (ws: string, body: FormChange) => ask('post', '/workspaces/{ws}/forms', { path: { ws }, body, headers: once() })
export const updateForm = (ws: string, id: string, body: FormChange) => ask('patch', '/workspaces/{ws}/forms/{id}', { path: { ws, id }, body })
export const deleteForm = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/forms/{id}', { path: { ws, id } })

export const submissionsKey = (ws: string, id: string, state: string) => ['ws', ws, 'forms', 'feed', 'submissions', id, state]

export const listSubmissions = (ws: string, id: string, state: string, cursor: string, signal?: AbortSignal) =>
  ask('get', '/workspaces/{ws}/forms/{id}/submissions', { path: { ws, id }, query: { state, cursor, limit: 50 }, signal })
