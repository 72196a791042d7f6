// A form while it is built: questions are known by a row, not by a place that changes.
import type { FormChange, FormField, FormFieldKind, WebForm } from '../../api/forms'
import { forms } from '../../lib/text/en/forms'

const words = forms.build

export interface DraftField extends FormField {
  row: number
}

export interface Draft {
  title: string
  intro: string
  button: string
  fields: DraftField[]
  after: 'text' | 'page'
  thank_you: string
  redirect_url: string
  tags: string[]
  offer_ids: string[]
  open: boolean
}

/** The draft of a stored form; questions keep the rows that they had in `before`. */
export const draftOf = (form: WebForm, before: DraftField[] = []): Draft => ({
  title: form.title,
  intro: form.intro,
  button: form.button,
  fields: form.fields.map((field, i) => ({ ...field, row: before[i]?.row ?? i })),
  after: form.redirect_url ? 'page' : 'text',
  thank_you: form.thank_you,
  redirect_url: form.redirect_url,
  tags: form.tags,
  offer_ids: form.offer_ids,
  open: form.open,
})

/** What is saved of a draft. */
export function changeOf(draft: Draft): FormChange {
  const { after, fields, ...rest } = draft
  return {
    ...rest,
    redirect_url: after === 'page' ? draft.redirect_url.trim() : '',
    fields: fields.map(({ row: _row, ...field }) => ({ ...field, options: field.kind === 'choice' ? optionsOf((field.options ?? []).join('\n')) : undefined })),
  }
}

/** What differs of two drafts: others may have changed the rest meanwhile. */
export function differenceOf(start: Draft, now: Draft): FormChange {
  const [was, is] = [changeOf(start), changeOf(now)]
  const keys = (Object.keys(is) as (keyof FormChange)[]).filter((key) => JSON.stringify(is[key]) !== JSON.stringify(was[key]))
  return Object.fromEntries(keys.map((key) => [key, is[key]]))
}

/** Options as typed, one a line; empty lines and repeats count for nothing. */
export const optionsOf = (typed: string): string[] => Array.from(new Set(typed.split('\n').map((line) => line.trim()))).filter(Boolean)

/** A new question of a kind; its label is one that no other has, as its key is made of it. */
export function newField(kind: FormFieldKind, fields: DraftField[]): DraftField {
  const taken = new Set(fields.map((f) => f.label))
  const first = words.labels[kind]
  let label = first
  for (let n = 2; taken.has(label); n++) label = `${first} ${n}`
  return {
    row: 1 + Math.max(-1, ...fields.map((f) => f.row)),
    kind,
    label,
    required: kind === 'email',
    options: kind === 'choice' ? [...words.newOptions] : undefined,
    to: kind === 'consent' ? 'subscribed' : undefined,
  }
}

/** The list with one entry moved; the same list when there is no such place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
