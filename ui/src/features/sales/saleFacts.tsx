import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Order, Payment, Purchase, Sale, SaleKind, Subscription } from '../../api/sales'
import { TimeAgo } from '../../components/TimeAgo'
import { money } from '../../lib/money'
import { sales as words } from '../../lib/text/en/sales'
import { ContactLink } from './SaleRow'
import { titleOf, type Titles } from './saleText'

type Fact = [label: string, value: ReactNode]

const f = words.facts

/** What the drawer says of a sale, in pairs. */
export function factsOf(ws: string, kind: SaleKind, sale: Sale, titles: Titles): Fact[] {
  return [
    [f.contact, <ContactLink key="contact" ws={ws} id={sale.contact_id} />],
    ...own(ws, kind, sale, titles),
    [
      f.by,
      sale.run_id ? (
        <Anchor key="run" inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: sale.run_id! }} {...props} />}>
          {f.byRun}
        </Anchor>
      ) : (
        f.byHand
      ),
    ],
    [f.external, sale.external_id],
    [f.at, <TimeAgo key="at" at={sale.created_at} />],
    [f.id, sale.id],
  ]
}

function own(ws: string, kind: SaleKind, sale: Sale, titles: Titles): Fact[] {
  switch (kind) {
    case 'purchases':
      return purchaseFacts(ws, sale as Purchase, titles)
    case 'payments':
      return paymentFacts(ws, sale as Payment, titles)
    case 'orders':
      return orderFacts(sale as Order)
    case 'subscriptions':
      return subscriptionFacts(ws, sale as Subscription, titles)
  }
}

const offerLink = (ws: string, id: string, titles: Titles): ReactNode =>
  titles?.has(id) ? (
    <Anchor key={id} inherit renderRoot={(props) => <Link to="/w/$ws/offers/$id" params={{ ws, id }} {...props} />}>
      {titleOf(titles, id)}
    </Anchor>
  ) : (
    titleOf(titles, id)
  )

/** A fact only where there is an amount to tell. */
const some = (label: string, amount: number, currency: string): Fact => [label, amount > 0 && money(amount, currency)]

const time = (label: string, at: string | null): Fact => [label, at && <TimeAgo key={label} at={at} />]

const purchaseFacts = (ws: string, p: Purchase, titles: Titles): Fact[] => [
  [f.offer, offerLink(ws, p.offer_id, titles)],
  [f.type, words.types[p.payment_type] ?? p.payment_type],
  [f.made, p.payments_made],
  [f.quantity, p.quantity > 1 && p.quantity],
  [f.coupon, p.coupon],
  [f.source, p.source],
  [f.referrer, p.referrer],
  time(f.deactivated, p.deactivated_at),
]

const paymentFacts = (ws: string, p: Payment, titles: Titles): Fact[] => [
  [
    p.offer_ids.length > 1 ? f.offers : f.offer,
    p.offer_ids.length > 0 &&
      p.offer_ids.map((id, i) => (
        <span key={id}>
          {i > 0 && ' + '}
          {offerLink(ws, id, titles)}
        </span>
      )),
  ],
  [f.kind, words.kinds[p.kind] ?? p.kind],
  some(f.tax, p.tax, p.currency),
  some(f.refunded, p.refunded, p.currency),
  [f.reason, p.reason],
]

const orderFacts = (o: Order): Fact[] => [
  [f.kind, o.cart && words.cart],
  [f.subtotal, money(o.subtotal, o.currency)],
  some(f.discount, o.discount, o.currency),
  some(f.taxAdded, o.tax, o.currency),
  [f.total, money(o.total, o.currency)],
  [f.coupon, o.coupon],
]

const subscriptionFacts = (ws: string, s: Subscription, titles: Titles): Fact[] => [
  [f.offer, offerLink(ws, s.offer_id, titles)],
  [f.made, s.payments_made],
  time(f.trial, s.trial_ends_at),
  time(f.renewed, s.renewed_at),
  time(f.canceled, s.canceled_at),
  [f.reason, s.reason],
]
