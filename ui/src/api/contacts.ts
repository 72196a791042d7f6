// Contacts with their tags, own fields, and what happened to them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { ask, type Schemas } from './client'
import { query, type Page } from './http'

export type Address = Schemas['Address']

/** The document leaves the own fields open: workspaces name them. */
export type Contact = Schemas['ContactView'] & { fields: Record<string, unknown> }

/** What may be set; an empty text empties a field, what is left out stays. */
export type ContactChange = Schemas['ContactFields']
export type ContactFilter = Schemas['ContactFilter']
export type Tag = Schemas['TagView']
export type ContactField = Schemas['FieldView']
export type FieldKind = ContactField['kind']
export type TimelineEntry = Schemas['TimelineView']

/** A contact as people call it. */
export const contactName = (c: Pick<Contact, 'name' | 'email' | 'phone' | 'number'>) => c.name || c.email || c.phone || `#${c.number}`

export const contactsKey = (ws: string, filter: ContactFilter) => ['ws', ws, 'contacts', 'feed', filter]

export const listContacts = (ws: string, filter: ContactFilter, cursor: string, signal?: AbortSignal) =>
  ask('get', '/workspaces/{ws}/contacts', { path: { ws }, query: { ...filter, cursor, limit: 100 }, signal }) as Promise<Page<Contact>>

/** A few contacts that a text finds, for choosing one. */
export const contactSearchQuery = (ws: string, q: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'search', q],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/contacts', { path: { ws }, query: { q, limit: 10 }, signal }) as Promise<Page<Contact>>,
  })

export const contactQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/contacts/{id}', { path: { ws, id }, signal }) as Promise<Contact>,
  })

export const timelineQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'contacts', 'timeline', id],
    queryFn: ({ signal, pageParam }) =>
      ask('get', '/workspaces/{ws}/contacts/{id}/timeline', { path: { ws, id }, query: { cursor: pageParam, limit: 30 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const createContact = (ws: string, body: ContactChange) =>
  ask('post', '/workspaces/{ws}/contacts', { path: { ws }, body, headers: once() }) as Promise<Contact>

export const updateContact = (ws: string, id: string, body: ContactChange) =>
  ask('patch', '/workspaces/{ws}/contacts/{id}', { path: { ws, id }, body }) as Promise<Contact>

/** Erases a contact, also what history holds of it. */
export const eraseContact = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/contacts/{id}', { path: { ws, id } })

export const tagsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'tags'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/tags', { path: { ws }, query: { limit: 200 }, signal }),
  })

export const fieldsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'fields'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/contact-fields', { path: { ws }, query: { limit: 200 }, signal }),
  })

export const createField = (ws: string, body: Schemas['CreateFieldInputBody']) =>
  ask('post', '/workspaces/{ws}/contact-fields', { path: { ws }, body, headers: once() })

export const updateField = (ws: string, id: string, body: Schemas['PatchFieldInputBody']) =>
  ask('patch', '/workspaces/{ws}/contact-fields/{id}', { path: { ws, id }, body })

export const deleteField = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/contact-fields/{id}', { path: { ws, id } })

/** The address of the contacts of a list as CSV; browsers save it as a file. */
export const exportAddress = (ws: string, filter: ContactFilter) => `/api/v1${at(ws, 'contacts', 'export')}${query({ ...filter })}`

/** Starts a workflow once for each contact, in the background. */
export const startForContacts = (ws: string, body: Schemas['StartForContactsInputBody']) =>
  ask('post', '/workspaces/{ws}/contacts/start', { path: { ws }, body, headers: once() })
