// What was sold: purchases, payments, orders and subscriptions. Amounts are whole
// numbers of the currency's smallest unit: 4900 is 49.00.
import { queryOptions } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'
import type { Page } from './http'

export type Purchase = Schemas['PurchaseView']
export type Payment = Schemas['PaymentView']
export type Order = Schemas['OrderView']
export type Subscription = Schemas['SubscriptionView']
export type PaymentType = Purchase['payment_type']
export type NewPurchase = Schemas['CreatePurchaseInputBody']
export type Interval = NonNullable<NewPurchase['interval']>

/** The lists of sales. */
export type SaleKind = 'purchases' | 'payments' | 'orders' | 'subscriptions'
export type Sale = Purchase | Payment | Order | Subscription

export interface SaleFilter {
  contact_id?: string
  offer_id?: string
  /** Purchases have none. */
  state?: string
}

export const salesKey = (ws: string, kind: SaleKind, filter: SaleFilter) => ['ws', ws, 'sales', 'feed', kind, filter]

export function listSales(ws: string, kind: SaleKind, filter: SaleFilter, cursor: string, signal?: AbortSignal): Promise<Page<Sale>> {
  const { state, ...by } = filter
  const part = { ...by, cursor, limit: 100 }
  switch (kind) {
    case 'purchases':
      return ask('get', '/workspaces/{ws}/purchases', { path: { ws }, query: part, signal })
    case 'payments':
      return ask('get', '/workspaces/{ws}/payments', { path: { ws }, query: { ...part, state }, signal })
    case 'orders':
      return ask('get', '/workspaces/{ws}/orders', { path: { ws }, query: { ...part, state }, signal })
    case 'subscriptions':
      return ask('get', '/workspaces/{ws}/subscriptions', { path: { ws }, query: { ...part, state }, signal })
  }
}

function getSale(ws: string, kind: SaleKind, id: string, signal: AbortSignal): Promise<Sale> {
  const options = { path: { ws, id }, signal }
  switch (kind) {
    case 'purchases':
      return ask('get', '/workspaces/{ws}/purchases/{id}', options)
    case 'payments':
      return ask('get', '/workspaces/{ws}/payments/{id}', options)
    case 'orders':
      return ask('get', '/workspaces/{ws}/orders/{id}', options)
    case 'subscriptions':
      return ask('get', '/workspaces/{ws}/subscriptions/{id}', options)
  }
}

export const saleQuery = (ws: string, kind: SaleKind, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'sales', 'one', kind, id],
    queryFn: ({ signal }) => getSale(ws, kind, id, signal),
  })

export const createPurchase = (ws: string, body: NewPurchase) => ask('post', '/workspaces/{ws}/purchases', { path: { ws }, body, headers: once() })
export const createOrder = (ws: string, body: Schemas['CreateOrderInputBody']) => ask('post', '/workspaces/{ws}/orders', { path: { ws }, body, headers: once() })

type Change = 'renewed' | 'trial_ended' | 'canceled'

/** What can be recorded of a sale: each list knows acts of its own. */
export type SaleAct =
  | { kind: 'purchases'; id: string; act: 'deactivate' | 'reactivate' }
  | { kind: 'payments' | 'orders'; id: string; act: 'refund' | 'chargeback' }
  | { kind: 'subscriptions'; id: string; act: Change }

/** Records what became of a sale. The amount is a refund's: all that is left when missing. */
export function actOnSale(ws: string, { kind, id, act }: SaleAct, given: { amount?: number; reason?: string }): Promise<unknown> {
  const { amount, reason } = given
  const shared = { path: { ws, id }, headers: once() }
  const why = { ...shared, body: { reason } }
  switch (act) {
    case 'deactivate':
      return ask('post', '/workspaces/{ws}/purchases/{id}/deactivate', why)
    case 'reactivate':
      return ask('post', '/workspaces/{ws}/purchases/{id}/reactivate', why)
    case 'refund':
      return ask('post', kind === 'orders' ? '/workspaces/{ws}/orders/{id}/refund' : '/workspaces/{ws}/payments/{id}/refund', { ...shared, body: { amount, reason } })
    case 'chargeback':
      return ask('post', kind === 'orders' ? '/workspaces/{ws}/orders/{id}/chargeback' : '/workspaces/{ws}/payments/{id}/chargeback', why)
    default:
      return ask('post', '/workspaces/{ws}/subscriptions/{id}/changes', { ...shared, body: { change: act, reason } })
  }
}
