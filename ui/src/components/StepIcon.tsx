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
import { useNodeType } from '../api/nodeTypes'
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

/** Colours of apps, which have none of their own. */
const TONES: Tone[] = ['busy', 'teal', 'violet', 'pink', 'warn', 'good']

/** An app's types keep one colour wherever they stand. */
const toneOf = (app: string): Tone => TONES[[...app].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % TONES.length] ?? 'calm'

/** The coloured sign of a node type; decoration, the name stands beside it. Apps bring their own drawing, or show their first letter. */
export function StepIcon({ type }: { type: string }) {
  const { icon, group } = useNodeType()(type)
  const app = type.split('.')[0] ?? ''
  const known = BY_TYPE[type] ?? BY_GROUP[app]
  const drawn = !known && icon.startsWith('M')
  const letter = !known && !drawn && icon === 'apps'
  const [Icon, tone] = known ?? [IconBolt, drawn || letter ? toneOf(app) : ('calm' as const)]
  return (
    <span className={`${classes.tile} ${classes[tone]}`} aria-hidden>
      {drawn && (
        <svg width={21} height={21} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.9} strokeLinecap="round" strokeLinejoin="round">
          <path d={icon} />
        </svg>
      )}
      {letter && <b>{group.slice(0, 1).toLocaleUpperCase()}</b>}
      {!drawn && !letter && <Icon size={21} stroke={1.9} />}
    </span>
  )
}
