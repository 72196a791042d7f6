// What a person can record further of a sale.
import type { Order, Payment, Purchase, Sale, SaleAct, SaleKind, Subscription } from '../../api/sales'

const TAKEN_BACK = ['refund', 'chargeback'] as const

export function actsOf(kind: SaleKind, sale: Sale): SaleAct[] {
  const { id } = sale
  switch (kind) {
    case 'purchases':
      return [{ kind, id, act: (sale as Purchase).deactivated_at ? 'reactivate' : 'deactivate' }]
    case 'payments':
    case 'orders':
      return canBeTakenBack((sale as Payment | Order).state) ? TAKEN_BACK.map((act) => ({ kind, id, act })) : []
    case 'subscriptions': {
      const { state } = sale as Subscription
      if (state === 'canceled') return []
      return [{ kind, id, act: state === 'trialing' ? 'trial_ended' : 'renewed' }, { kind, id, act: 'canceled' }]
    }
  }
}

const canBeTakenBack = (state: string) => ['succeeded', 'completed', 'part_refunded'].includes(state)
