import { expect, test } from 'vitest'
import type { TimelineEntry } from '../../api/contacts'
import { saleLinkOf, subjectOf } from './timelineText'

const entry = (type: string, data: unknown): TimelineEntry => ({ kind: 'event', id: 'evt_1', type, at: '', run_id: null, workflow_id: null, data })
const offer = { id: 'off_1', title: 'Course A' }

test.each([
  ['purchase.created', { purchase: { id: 'pur_1', amount: 4900, currency: 'EUR' }, offer }, 'Course A, €49.00'],
  ['payment.failed', { payment: { id: 'pay_1', amount: 4900, currency: 'USD' }, offer: null, offers: [offer, { id: 'off_2', title: 'Workbook' }] }, 'Course A + Workbook, $49.00'],
  ['order.created', { order: { id: 'ord_1', total: 500, currency: 'JPY' }, offers: [offer] }, 'Course A, ¥500'],
  ['order.refunded', { order: null, refund: { amount: 100, currency: 'USD' }, offers: [offer] }, 'Course A, $1.00'],
  ['form.submitted', { form: { id: 'frm_1', title: 'Webinar' } }, 'Webinar'],
  ['course.lesson_completed', { course: { title: 'Basics', lesson: 'Lesson 1' } }, 'Basics, Lesson 1'],
  ['course.enrolled', { course: { title: 'Basics', lesson: '' } }, 'Basics'],
  ['tag.added', { tag: { name: 'vip' } }, 'vip'],
])('%s is about what it says', (type, data, subject) => {
  expect(subjectOf(entry(type, data), new Map([['off_1', 'Course A']]))).toBe(subject)
})

test('a sale leads to its place among the sales, anything else nowhere', () => {
  expect(saleLinkOf(entry('payment.succeeded', { payment: { id: 'pay_1' } }))).toEqual({ tab: 'payments', id: 'pay_1' })
  expect(saleLinkOf(entry('order.refunded', { order: null }))).toBeUndefined()
  expect(saleLinkOf(entry('tag.added', { tag: { id: 'tag_1' } }))).toBeUndefined()
})
