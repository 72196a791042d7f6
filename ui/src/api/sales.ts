// What was sold: purchases, payments, orders and subscriptions. Amounts are whole
// numbers of the currency's smallest unit: 4900 is 49.00.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query, type Page } from './http'

export type PaymentType = 'one_time' | 'subscription' | 'payment_plan' | 'free'
export type Interval = 'day' | 'week' | 'month' | 'year'

export interface Purchase {
  id: string
  number: number
  contact_id: string
  offer_id: string
  payment_type: PaymentType
  amount: number
  currency: string
  quantity: number
  payments_made: number
  coupon: string
  source: string
  referrer: string
  order_id: string | null
  subscription_id: string | null
  external_id: string
  run_id: string | null
  deactivated_at: string | null
  created_at: string
}

export interface Payment {
  id: string
  number: number
  contact_id: string
  kind: 'one_time' | 'first' | 'instalment'
  state: 'succeeded' | 'failed' | 'part_refunded' | 'refunded' | 'charged_back'
  /** Several for what was bought together. */
  offer_ids: string[]
  amount: number
  tax: number
  refunded: number
  currency: string
  reason: string
  order_id: string | null
  purchase_id: string | null
  subscription_id: string | null
  external_id: string
  run_id: string | null
  created_at: string
}

export interface OrderItem {
  id: string
  number: number
  offer_id: string
  title: string
  role: 'primary' | 'bump' | 'item'
  payment_type: PaymentType
  quantity: number
  amount: number
}

export interface Order {
  id: string
  number: number
  contact_id: string
  cart: boolean
  state: 'completed' | 'part_refunded' | 'refunded' | 'charged_back'
  subtotal: number
  discount: number
  tax: number
  total: number
  currency: string
  coupon: string
  items: OrderItem[]
  external_id: string
  run_id: string | null
  created_at: string
}

export interface Subscription {
  id: string
  contact_id: string
  offer_id: string
  state: 'trialing' | 'active' | 'canceled'
  /** Due each interval. */
  amount: number
  currency: string
  interval: Interval | ''
  payments_made: number
  trial_ends_at: string | null
  renewed_at: string | null
  canceled_at: string | null
  reason: string
  order_id: string | null
  external_id: string
  run_id: string | null
  created_at: string
}

/** What each tab of the page lists. */
export interface SaleKinds {
  purchases: Purchase
  payments: Payment
  orders: Order
  subscriptions: Subscription
}

export type SaleKind = keyof SaleKinds
export type Sale = SaleKinds[SaleKind]

export interface SaleFilter {
  contact_id?: string
  offer_id?: string
  state?: string
}

export const salesKey = (ws: string, kind: SaleKind, filter: SaleFilter) => ['ws', ws, 'sales', 'feed', kind, filter]

export const listSales = (ws: string, kind: SaleKind, filter: SaleFilter, cursor: string, signal?: AbortSignal) =>
  call<Page<Sale>>('GET', `${at(ws, kind)}${query({ ...filter, cursor, limit: 100 })}`, { signal })

export const saleQuery = <K extends SaleKind>(ws: string, kind: K, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'sales', 'one', kind, id],
    queryFn: ({ signal }) => call<SaleKinds[K]>('GET', at(ws, kind, id), { signal }),
  })

/** Who bought: somebody known, or the person with an e-mail, who is made when new. */
export interface Buyer {
  contact_id?: string
  email?: string
  name?: string
}

export interface NewPurchase extends Buyer {
  offer_id: string
  amount: number
  currency?: string
  payment_type: PaymentType
  interval?: Interval
  access: boolean
}

export interface NewOrder extends Buyer {
  items: { offer_id: string; amount: number; payment_type: PaymentType; interval?: Interval }[]
  currency?: string
  access: boolean
}

export const createPurchase = (ws: string, body: NewPurchase) => call<Purchase>('POST', at(ws, 'purchases'), { body, headers: once() })
export const createOrder = (ws: string, body: NewOrder) => call<Order>('POST', at(ws, 'orders'), { body, headers: once() })

/** What a person can do to a sale: the last part of its address, and what is sent. */
export interface SaleAct {
  kind: SaleKind
  id: string
  act: 'refund' | 'chargeback' | 'deactivate' | 'reactivate' | 'changes'
  body: { amount?: number; reason?: string; change?: 'renewed' | 'trial_ended' | 'canceled' }
}

export const actOnSale = (ws: string, { kind, id, act, body }: SaleAct) => call<unknown>('POST', at(ws, kind, id, act), { body, headers: once() })
