import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WebForm } from '../../api/forms'
import { changeOf, differenceOf, draftOf, moved, newField, optionsOf } from './formDraft'

const form: WebForm = {
  id: 'frm_1',
  number: 1,
  title: 'Webinar',
  intro: '',
  button: '',
  fields: [{ key: 'email', kind: 'email', label: 'E-mail', required: true, to: 'email' }],
  thank_you: 'Thanks',
  redirect_url: '',
  tags: ['webinar'],
  offer_ids: [],
  open: true,
  url: 'https://example.com/f/x',
  embed: '',
  webhook_url: null,
  created_at: '',
  updated_at: '',
}

test('a form that nobody changed is saved as it was', () => {
  const { fields, ...rest } = changeOf(draftOf(form))
  expect(rest).toEqual({ title: 'Webinar', intro: '', button: '', thank_you: 'Thanks', redirect_url: '', tags: ['webinar'], offer_ids: [], open: true })
  expect(fields).toEqual([{ ...form.fields[0], options: undefined }])
})

test('a page to go to counts only while it is chosen', () => {
  const draft = { ...draftOf(form), redirect_url: ' https://example.com/thanks ' }
  expect(changeOf({ ...draft, after: 'page' }).redirect_url).toBe('https://example.com/thanks')
  expect(changeOf({ ...draft, after: 'text' }).redirect_url).toBe('')
})

test('only what was changed is saved', () => {
  const start = draftOf(form)
  expect(differenceOf(start, start)).toEqual({})
  expect(differenceOf(start, { ...start, title: 'Course' })).toEqual({ title: 'Course' })
  expect(differenceOf(start, { ...start, after: 'page', redirect_url: 'https://example.com' })).toEqual({ redirect_url: 'https://example.com' })
})

test('a question keeps its row when the form is saved', () => {
  expect(draftOf(form, [{ row: 7, kind: 'email', label: 'E-mail' }]).fields[0]?.row).toBe(7)
})

test('options are the lines that say something, each once', () => {
  expect(optionsOf(' Gold \n\nSilver\nGold\n')).toEqual(['Gold', 'Silver'])
})

test('every new question has a label and a row of its own', () => {
  const kinds = fc.constantFrom('text', 'email', 'phone', 'choice', 'consent' as const)
  fc.assert(
    fc.property(fc.array(kinds, { maxLength: 20 }), (chosen) => {
      const fields = chosen.reduce((list, kind) => [...list, newField(kind as 'text', list)], draftOf(form).fields)
      expect(new Set(fields.map((f) => f.row)).size).toBe(fields.length)
      expect(new Set(fields.map((f) => f.label)).size).toBe(fields.length)
    }),
  )
})

test('moving keeps every entry, and moving back restores the list', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(), fc.nat(), (list, a, b) => {
      const [from, to] = [a % list.length, b % list.length]
      expect(moved(moved(list, from, to), to, from)).toEqual(list)
    }),
  )
  expect(moved([1, 2], 0, -1)).toEqual([1, 2])
  expect(moved([1, 2], 1, 2)).toEqual([1, 2])
})
