// Sales in words.
import type { Order, Payment, Purchase, Sale, SaleKind, Subscription } from '../../api/sales'
import type { Tone } from '../../components/StatusBadge'
import { money } from '../../lib/money'
import { sales as words } from '../../lib/text/en/sales'

const TONES: Record<string, Tone> = {
  succeeded: 'good',
  completed: 'good',
  active: 'good',
  trialing: 'busy',
  failed: 'bad',
  charged_back: 'bad',
  part_refunded: 'warn',
  refunded: 'warn',
  canceled: 'calm',
  deactivated: 'calm',
}

export interface SaleLine {
  amount: string
  /** The offers' titles. */
  what: string
  /** How it was paid, or what kind it is. */
  how: string
  state: string
  tone: Tone
}

/** Titles of offers by their ids; undefined until they are known. */
export type Titles = ReadonlyMap<string, string> | undefined

export const titleOf = (titles: Titles, id: string) => (titles ? (titles.get(id) ?? words.deletedOffer) : '…')

/** What a row says of a sale. */
export function lineOf(kind: SaleKind, sale: Sale, titles: Titles): SaleLine {
  switch (kind) {
    case 'purchases':
      return purchaseLine(sale as Purchase, titles)
    case 'payments':
      return paymentLine(sale as Payment, titles)
    case 'orders':
      return orderLine(sale as Order)
    case 'subscriptions':
      return subscriptionLine(sale as Subscription, titles)
  }
}

const stateOf = (state: string) => ({ state: words.states[state] ?? state, tone: TONES[state] ?? ('calm' as const) })

const purchaseLine = (p: Purchase, titles: Titles): SaleLine => ({
  amount: money(p.amount, p.currency),
  what: titleOf(titles, p.offer_id),
  how: p.payment_type === 'payment_plan' || p.payment_type === 'subscription' ? `${words.types[p.payment_type]}, ${words.payments(p.payments_made)}` : (words.types[p.payment_type] ?? p.payment_type),
  ...stateOf(p.deactivated_at ? 'deactivated' : 'active'),
})

const paymentLine = (p: Payment, titles: Titles): SaleLine => ({
  amount: money(p.amount, p.currency),
  what: p.offer_ids.length === 0 ? words.noOffer : p.offer_ids.map((id) => titleOf(titles, id)).join(' + '),
  how: words.kinds[p.kind] ?? p.kind,
  ...stateOf(p.state),
})

const orderLine = (o: Order): SaleLine => ({
  amount: money(o.total, o.currency),
  what: o.items.map((item) => item.title).join(' + '),
  how: o.cart ? `${words.cart}, ${words.offersIn(o.items.length)}` : words.offersIn(o.items.length),
  ...stateOf(o.state),
})

const subscriptionLine = (s: Subscription, titles: Titles): SaleLine => ({
  amount: s.interval ? words.every(money(s.amount, s.currency), words.intervals[s.interval] ?? s.interval) : money(s.amount, s.currency),
  what: titleOf(titles, s.offer_id),
  how: words.payments(s.payments_made),
  ...stateOf(s.state),
})

/** The heading of one sale. */
export function nameOf(kind: SaleKind, sale: Sale): string {
  return words.one[kind]('number' in sale ? sale.number : 0)
}
