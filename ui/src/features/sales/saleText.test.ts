import { expect, test } from 'vitest'
import type { Order, Payment, Purchase, Sale, Subscription } from '../../api/sales'
import { actsOf } from './saleActs'
import { lineOf } from './saleText'

const titles = new Map([
  ['off_1', 'Course A'],
  ['off_2', 'Workbook'],
])
const shared = { id: 'x', number: 1, contact_id: 'con_1', currency: 'EUR', external_id: '', run_id: null, order_id: null, created_at: '' }
const purchase = { ...shared, offer_id: 'off_1', payment_type: 'one_time', amount: 4900, payments_made: 1, quantity: 1, coupon: '', source: '', referrer: '', subscription_id: null, deactivated_at: null } satisfies Purchase
const payment = { ...shared, kind: 'one_time', state: 'succeeded', offer_ids: ['off_1', 'off_2'], amount: 5800, tax: 0, refunded: 0, reason: '', purchase_id: null, subscription_id: null } satisfies Payment
const subscription = { ...shared, offer_id: 'off_1', state: 'trialing', amount: 900, interval: 'month', payments_made: 0, trial_ends_at: null, renewed_at: null, canceled_at: null, reason: '' } satisfies Subscription
const order = { ...shared, cart: true, state: 'refunded', subtotal: 5800, discount: 0, tax: 0, total: 5800, coupon: '', items: [] } satisfies Order

test('a row says how much, for what, how and what became of it', () => {
  expect(lineOf('purchases', purchase, titles)).toEqual({ amount: '€49.00', what: 'Course A', how: 'Paid once', state: 'Active', tone: 'good' })
  expect(lineOf('purchases', { ...purchase, payment_type: 'payment_plan', payments_made: 3 } as Sale, titles).how).toBe('Payment plan, 3 payments')
  expect(lineOf('payments', payment, titles)).toMatchObject({ what: 'Course A + Workbook', state: 'Paid' })
  expect(lineOf('subscriptions', subscription, titles)).toMatchObject({ amount: '€9.00 each month', state: 'On trial' })
  expect(lineOf('orders', order, titles)).toMatchObject({ amount: '€58.00', how: 'Cart, 0 offers', state: 'Refunded', tone: 'warn' })
})

test('an offer is only called deleted once all are known', () => {
  expect(lineOf('purchases', { ...purchase, offer_id: 'off_9' }, titles).what).toBe('Deleted offer')
  expect(lineOf('purchases', { ...purchase, offer_id: 'off_9' }, undefined).what).toBe('…')
})

test.each<[string, Parameters<typeof actsOf>, string[]]>([
  ['a purchase in use', ['purchases', purchase], ['deactivate']],
  ['one that was taken away', ['purchases', { ...purchase, deactivated_at: '2026-01-01T00:00:00Z' }], ['reactivate']],
  ['a payment', ['payments', payment], ['refund', 'chargeback']],
  ['a failed payment', ['payments', { ...payment, state: 'failed' }], []],
  ['a refunded order', ['orders', order], []],
  ['a trial', ['subscriptions', subscription], ['trial_ended', 'canceled']],
  ['a subscription', ['subscriptions', { ...subscription, state: 'active' }], ['renewed', 'canceled']],
  ['one that ended', ['subscriptions', { ...subscription, state: 'canceled' }], []],
])('%s can be taken further', (_name, [kind, sale], acts) => {
  expect(actsOf(kind, sale).map((one) => one.act)).toEqual(acts)
})
