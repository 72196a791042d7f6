import type { TimelineEntry } from '../../api/contacts'
import { money } from '../../lib/money'
import { contacts } from '../../lib/text/en/contacts'

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}

/** What an event was about: a tag, an offer, the fields that changed; empty when its name says it all. */
export function subjectOf(entry: TimelineEntry, offers: Map<string, string>): string {
  const data = record(entry.data)
  if (entry.kind === 'email') return [data.subject, data.error].filter(Boolean).map(String).join(': ')
  const sale = saleOf(entry.type, data)
  if (sale) return sale
  const offer = data.offer_id ?? record(data.grant).offer_id ?? record(data.offer).id
  if (typeof offer === 'string') return offers.get(offer) ?? String(record(data.offer).title ?? contacts.unknownOffer)
  const tag = data.tag ?? data.tag_name
  if (tag !== undefined) return typeof tag === 'string' ? tag : String(record(tag).name ?? '')
  const changed = data.changed ?? data.changes
  if (Array.isArray(changed)) return changed.map(fieldName).join(', ')
  return ''
}

/** What was sold, sent in or learned, with its amount; empty for anything else. */
function saleOf(type: string, data: Record<string, unknown>): string {
  if (type === 'form.submitted') return String(record(data.form).title ?? '')
  if (type.startsWith('course.')) {
    const course = record(data.course)
    return [course.title, course.lesson].filter(Boolean).map(String).join(', ')
  }
  const about = record(data.refund ?? data[type.split('.')[0] ?? ''])
  const amount = about.amount ?? about.total
  if (typeof amount !== 'number' || typeof about.currency !== 'string') return ''
  const many = Array.isArray(data.offers) ? data.offers : [data.offer]
  const titles = many.map((offer) => record(offer).title).filter(Boolean)
  return [titles.map(String).join(' + '), money(amount, about.currency)].filter(Boolean).join(', ')
}

/** Where the sale of an event stands among the sales; undefined for anything else. */
export function saleLinkOf(entry: TimelineEntry): { tab: string; id: string } | undefined {
  const object = entry.type.split('.')[0] ?? ''
  const id = record(record(entry.data)[object]).id
  return SOLD.has(object) && typeof id === 'string' ? { tab: `${object}s`, id } : undefined
}

const SOLD = new Set(['purchase', 'payment', 'order', 'subscription'])

/** "first_name" reads "First name". */
function fieldName(key: unknown): string {
  const name = String(key).replace(/^(fields|address)\./, '')
  const label = (contacts.form as Record<string, unknown>)[name]
  return typeof label === 'string' ? label : name.replaceAll('_', ' ')
}
