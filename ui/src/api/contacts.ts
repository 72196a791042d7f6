// Contacts with their tags, own fields, and what happened to them.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export interface Address {
  line1: string
  line2: string
  city: string
  state: string
  postal_code: string
  country: string
}

export interface Contact {
  id: string
  number: number
  email: string
  phone: string
  name: string
  first_name: string
  last_name: string
  external_user_id: string
  company: string
  address: Address
  timezone: string
  source: string
  date_of_birth: string
  subscribed: boolean
  tags: string[]
  fields: Record<string, unknown>
  products: { id: string; title: string }[]
  created_at: string
  updated_at: string
}

/** What may be set; an empty text empties a field, what is left out stays. */
export type ContactChange = Partial<
  Pick<
    Contact,
    'email' | 'phone' | 'name' | 'first_name' | 'last_name' | 'external_user_id' | 'company' | 'timezone' | 'source' | 'date_of_birth' | 'subscribed' | 'tags' | 'fields'
  > & { address: Partial<Address> }
>

export interface ContactFilter {
  q?: string
  tag?: string
}

export interface Tag {
  id: string
  name: string
}

export type FieldKind = 'text' | 'number' | 'date' | 'choice' | 'switch'

export interface ContactField {
  id: string
  key: string
  label: string
  kind: FieldKind
  options: string[]
}

export interface TimelineEntry {
  kind: 'event' | 'run' | 'grant'
  id: string
  /** An event's type; of a run its status. */
  type: string
  at: string
  run_id: string | null
  workflow_id: string | null
  data: unknown
}

/** A contact as people call it. */
export const contactName = (c: Pick<Contact, 'name' | 'email' | 'phone' | 'number'>) => c.name || c.email || c.phone || `#${c.number}`

export const contactsKey = (ws: string, filter: ContactFilter) => ['ws', ws, 'contacts', 'feed', filter]

export const listContacts = (ws: string, filter: ContactFilter, cursor: string, signal?: AbortSignal) =>
  call<Page<Contact>>('GET', `${at(ws, 'contacts')}${query({ ...filter, cursor, limit: 100 })}`, { signal })

/** A few contacts that a text finds, for choosing one. */
export const contactSearchQuery = (ws: string, q: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'search', q],
    queryFn: ({ signal }) => call<Page<Contact>>('GET', `${at(ws, 'contacts')}${query({ q, limit: 10 })}`, { signal }),
  })

export const contactQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'one', id],
    queryFn: ({ signal }) => call<Contact>('GET', at(ws, 'contacts', id), { signal }),
  })

export const timelineQuery = (ws: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['ws', ws, 'contacts', 'timeline', id],
    queryFn: ({ signal, pageParam }) =>
      call<Page<TimelineEntry>>('GET', `${at(ws, 'contacts', id, 'timeline')}${query({ cursor: pageParam, limit: 30 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const createContact = (ws: string, body: ContactChange) => call<Contact>('POST', at(ws, 'contacts'), { body, headers: once() })

export const updateContact = (ws: string, id: string, body: ContactChange) => call<Contact>('PATCH', at(ws, 'contacts', id), { body })

/** Erases a contact, also what history holds of it. */
export const eraseContact = (ws: string, id: string) => call<void>('DELETE', at(ws, 'contacts', id))

export const tagsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'tags'],
    queryFn: ({ signal }) => call<Page<Tag>>('GET', `${at(ws, 'tags')}${query({ limit: 200 })}`, { signal }),
  })

export const fieldsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'fields'],
    queryFn: ({ signal }) => call<Page<ContactField>>('GET', `${at(ws, 'contact-fields')}${query({ limit: 200 })}`, { signal }),
  })

export const createField = (ws: string, body: { label: string; kind: FieldKind; options?: string[] }) =>
  call<ContactField>('POST', at(ws, 'contact-fields'), { body, headers: once() })

export const updateField = (ws: string, id: string, body: { label?: string; options?: string[] }) =>
  call<ContactField>('PATCH', at(ws, 'contact-fields', id), { body })

export const deleteField = (ws: string, id: string) => call<void>('DELETE', at(ws, 'contact-fields', id))

/** The address of the contacts of a list as CSV; browsers save it as a file. */
export const exportAddress = (ws: string, filter: ContactFilter) => `/api/v1${at(ws, 'contacts', 'export')}${query({ ...filter })}`

/** Starts a workflow once for each contact, in the background. */
export const startForContacts = (ws: string, body: { workflow_id: string; ids?: string[]; filter?: ContactFilter }) =>
  call<{ job_id: string; total: number }>('POST', at(ws, 'contacts', 'start'), { body, headers: once() })
