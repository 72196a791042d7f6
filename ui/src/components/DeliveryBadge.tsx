import type { Delivery } from '../api/hooks'
import { deliveries as words } from '../lib/text/en/hooks'
import { toneOf } from './StatusBadge'
import tones from './Tone.module.css'

/** What became of a call, as a word with a colour. */
export function DeliveryBadge({ delivery }: { delivery: Pick<Delivery, 'status' | 'kept'> }) {
  if (delivery.kept) return <span className={`${tones.badge} ${tones.warn}`}>{words.sandbox}</span>
  return <span className={`${tones.badge} ${tones[toneOf(delivery.status)]}`}>{words.statuses[delivery.status] ?? delivery.status}</span>
}
