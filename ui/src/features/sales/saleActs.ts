// What a person can record further of a sale.
import type { Order, Payment, Purchase, Sale, SaleAct, SaleKind, Subscription } from '../../api/sales'
import { sales as words } from '../../lib/text/en/sales'

/** Something that can be recorded, with its words. */
export interface OfferedAct extends Omit<SaleAct, 'body'> {
  /** Of a subscription. */
  change?: SaleAct['body']['change']
  label: string
  help: string
}

export function actsOf(kind: SaleKind, sale: Sale): OfferedAct[] {
  const act = (name: SaleAct['act']): OfferedAct => ({ kind, id: sale.id, act: name, label: words.acts[name] ?? name, help: words.actHelp[name] ?? '' })
  const change = (name: NonNullable<OfferedAct['change']>): OfferedAct => ({ ...act('changes'), change: name, label: words.acts[name] ?? name, help: words.actHelp[name] ?? '' })
  switch (kind) {
    case 'purchases':
      return [act((sale as Purchase).deactivated_at ? 'reactivate' : 'deactivate')]
    case 'payments':
      return canBeTakenBack((sale as Payment).state) ? [act('refund'), act('chargeback')] : []
    case 'orders':
      return canBeTakenBack((sale as Order).state) ? [act('refund'), act('chargeback')] : []
    case 'subscriptions': {
      const { state } = sale as Subscription
      if (state === 'canceled') return []
      return state === 'trialing' ? [change('trial_ended'), change('canceled')] : [change('renewed'), change('canceled')]
    }
  }
}

const canBeTakenBack = (state: string) => ['succeeded', 'completed', 'part_refunded'].includes(state)
