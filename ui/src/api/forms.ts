// Forms that people fill in, and what they sent.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export type FormFieldKind = 'text' | 'email' | 'phone' | 'choice' | 'consent'

export interface FormField {
  /** Names the answer; the server makes one of the label when it is empty. */
  key?: string
  kind: FormFieldKind
  label: string
  help?: string
  required?: boolean
  /** Of a choice. */
  options?: string[]
  /** Where the answer goes: a field of the contact, fields.KEY, subscribed, or none; the server decides when it is empty. */
  to?: string
}

export interface WebForm {
  id: string
  number: number
  title: string
  intro: string
  button: string
  fields: FormField[]
  thank_you: string
  redirect_url: string
  tags: string[]
  offer_ids: string[]
  /** Whether it takes submissions. */
  open: boolean
  /** The hosted page. */
  url: string
  /** HTML that shows the form on another page. */
  embed: string
  created_at: string
  updated_at: string
}

export type FormChange = Partial<Omit<WebForm, 'id' | 'number' | 'url' | 'embed' | 'created_at' | 'updated_at'>>

export type SubmissionState = 'accepted' | 'refused' | 'spam'

export interface Submission {
  id: string
  number: number
  form_id: string
  /** null for one that was not accepted. */
  contact_id: string | null
  /** By the fields' keys; null when none were kept. */
  answers: Record<string, unknown> | null
  state: SubmissionState
  /** Why it was not accepted. */
  reason: string
  source: string
  ip: string
  created_at: string
}

export const formsQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'forms', 'list'],
    queryFn: ({ signal, pageParam }) => call<Page<WebForm>>('GET', `${at(ws, 'forms')}${query({ cursor: pageParam, limit: 100 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const formKey = (ws: string, id: string) => ['ws', ws, 'forms', 'one', id]

export const formQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: formKey(ws, id),
    queryFn: ({ signal }) => call<WebForm>('GET', at(ws, 'forms', id), { signal }),
  })

export const createForm = (ws: string, body: FormChange) => call<WebForm>('POST', at(ws, 'forms'), { body, headers: once() })
export const updateForm = (ws: string, id: string, body: FormChange) => call<WebForm>('PATCH', at(ws, 'forms', id), { body })
export const deleteForm = (ws: string, id: string) => call<void>('DELETE', at(ws, 'forms', id))

export const submissionsKey = (ws: string, id: string, state: string) => ['ws', ws, 'forms', 'feed', 'submissions', id, state]

export const listSubmissions = (ws: string, id: string, state: string, cursor: string, signal?: AbortSignal) =>
  call<Page<Submission>>('GET', `${at(ws, 'forms', id, 'submissions')}${query({ state, cursor, limit: 50 })}`, { signal })
