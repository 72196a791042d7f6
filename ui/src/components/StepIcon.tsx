import {
  IconArrowsShuffle,
  IconArrowsSplit2,
  IconBolt,
  IconClock,
  IconCode,
  IconFilter,
  IconForms,
  IconGift,
  IconGiftOff,
  IconHandStop,
  IconHourglass,
  IconMail,
  IconPlayerPlay,
  IconReceipt,
  IconRepeat,
  IconSend,
  IconTag,
  IconTagOff,
  IconUser,
  IconTarget,
  IconUserPlus,
  IconUserSearch,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react'
import type { Tone } from './StatusBadge'
import classes from './Tone.module.css'

const BY_TYPE: Record<string, [Icon, Tone]> = {
  'webhook.catch': [IconWebhook, 'pink'],
  'webhook.send': [IconSend, 'busy'],
  'contact.upsert': [IconUserPlus, 'teal'],
  'contact.find': [IconUserSearch, 'teal'],
  'contact.add_tag': [IconTag, 'teal'],
  'contact.remove_tag': [IconTagOff, 'teal'],
  'offer.grant': [IconGift, 'good'],
  'offer.revoke': [IconGiftOff, 'good'],
  'flow.branch': [IconArrowsSplit2, 'violet'],
  'flow.filter': [IconFilter, 'violet'],
  'flow.loop': [IconRepeat, 'violet'],
  'flow.wait': [IconClock, 'warn'],
  'flow.wait_for': [IconHourglass, 'warn'],
  'flow.goal': [IconTarget, 'good'],
  'flow.split': [IconArrowsShuffle, 'violet'],
  'flow.stop': [IconHandStop, 'warn'],
  'manual.start': [IconPlayerPlay, 'pink'],
}

const BY_GROUP: Record<string, [Icon, Tone]> = {
  webhook: [IconWebhook, 'pink'],
  contact: [IconUser, 'teal'],
  tag: [IconTag, 'teal'],
  offer: [IconGift, 'good'],
  email: [IconMail, 'busy'],
  form: [IconForms, 'pink'],
  order: [IconReceipt, 'good'],
  payment: [IconReceipt, 'good'],
  paypal: [IconReceipt, 'good'],
  purchase: [IconReceipt, 'good'],
  subscription: [IconRepeat, 'good'],
  flow: [IconArrowsSplit2, 'violet'],
  code: [IconCode, 'calm'],
  schedule: [IconClock, 'warn'],
}

/** The coloured sign of a node type; decoration, the name stands beside it. */
export function StepIcon({ type }: { type: string }) {
  const [Icon, tone] = BY_TYPE[type] ?? BY_GROUP[type.split('.')[0] ?? ''] ?? [IconBolt, 'calm' as const]
  return (
    <span className={`${classes.tile} ${classes[tone]}`} aria-hidden>
      <Icon size={21} stroke={1.9} />
    </span>
  )
}
