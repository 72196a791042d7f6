import type { TimelineEntry } from '../../api/contacts'
import { contacts } from '../../lib/text/en/contacts'

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}

/** What an event was about: a tag, an offer, the fields that changed; empty when its name says it all. */
export function subjectOf(entry: TimelineEntry, offers: Map<string, string>): string {
  const data = record(entry.data)
  const offer = data.offer_id ?? record(data.grant).offer_id ?? record(data.offer).id
  if (typeof offer === 'string') return offers.get(offer) ?? String(record(data.offer).title ?? contacts.unknownOffer)
  const tag = data.tag ?? data.tag_name
  if (tag !== undefined) return typeof tag === 'string' ? tag : String(record(tag).name ?? '')
  const changed = data.changed ?? data.changes
  if (Array.isArray(changed)) return changed.map(fieldName).join(', ')
  return ''
}

/** "first_name" reads "First name". */
function fieldName(key: unknown): string {
  const name = String(key).replace(/^(fields|address)\./, '')
  const label = (contacts.form as Record<string, unknown>)[name]
  return typeof label === 'string' ? label : name.replaceAll('_', ' ')
}
