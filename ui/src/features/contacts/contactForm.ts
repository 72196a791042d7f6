// What the form of a contact holds, and what of it is sent.
import type { Address, Contact, ContactChange, ContactField } from '../../api/contacts'
import { ExactNumber } from '../../lib/json'

export const TEXTS = ['email', 'phone', 'name', 'first_name', 'last_name', 'external_user_id', 'company', 'timezone', 'source', 'date_of_birth'] as const
export const ADDRESS = ['line1', 'line2', 'city', 'state', 'postal_code', 'country'] as const satisfies (keyof Address)[]

export type ContactValues = Record<(typeof TEXTS)[number], string> & {
  address: Address
  subscribed: boolean
  tags: string[]
  /** Own fields as they are typed, by key. */
  fields: Record<string, string | boolean>
}

/** The form of a contact; of none, an empty one. */
export function valuesOf(contact: Contact | undefined): ContactValues {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, contact?.[key] ?? ''])) as Record<(typeof TEXTS)[number], string>
  return {
    ...texts,
    address: Object.fromEntries(ADDRESS.map((key) => [key, contact?.address?.[key] ?? ''])) as unknown as Address,
    subscribed: contact?.subscribed ?? false,
    tags: contact?.tags ?? [],
    fields: Object.fromEntries(Object.entries(contact?.fields ?? {}).map(([key, v]) => [key, typeof v === 'boolean' ? v : typed(v)])),
  }
}

/** An own field's value as a person would type it. */
function typed(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' && !(value instanceof ExactNumber) ? JSON.stringify(value) : String(value)
}

/** What differs from before: only that is sent, so nothing is undone that changed meanwhile. */
export function changeOf(before: ContactValues, now: ContactValues, fields: ContactField[]): ContactChange {
  const change: ContactChange = {}
  for (const key of TEXTS) if (now[key].trim() !== before[key]) change[key] = now[key].trim()
  const address: Partial<Address> = {}
  for (const key of ADDRESS) if (now.address[key].trim() !== before.address[key]) address[key] = now.address[key].trim()
  if (Object.keys(address).length > 0) change.address = address
  if (now.subscribed !== before.subscribed) change.subscribed = now.subscribed
  if (JSON.stringify(now.tags) !== JSON.stringify(before.tags)) change.tags = now.tags
  const own: Record<string, unknown> = {}
  for (const field of fields) {
    const value = now.fields[field.key] ?? ''
    if (value !== (before.fields[field.key] ?? '')) own[field.key] = sent(field, value)
  }
  if (Object.keys(own).length > 0) change.fields = own
  return change
}

/** Numbers go as they were typed: the server keeps every digit. */
function sent(field: ContactField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value
  const trimmed = value.trim()
  if (trimmed === '') return null
  if (field.kind === 'number' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed)) return new ExactNumber(trimmed)
  return trimmed
}
