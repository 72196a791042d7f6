import { IconCreditCardOff, IconEdit, IconForms, IconGift, IconGiftOff, IconPoint, IconReceipt, IconReceiptRefund, IconRepeat, IconRoute, IconSchool, IconTag, IconTagOff, IconUserPlus, type Icon } from '@tabler/icons-react'
import type { TimelineEntry } from '../../api/contacts'

const SIGNS: Record<string, Icon> = {
  'contact.created': IconUserPlus,
  'contact.updated': IconEdit,
  'tag.added': IconTag,
  'tag.removed': IconTagOff,
  'offer.granted': IconGift,
  'offer.revoked': IconGiftOff,
  'payment.failed': IconCreditCardOff,
  'order.refunded': IconReceiptRefund,
  'order.chargeback': IconReceiptRefund,
}

/** Signs of what happens around one thing. */
const BY_THING: Record<string, Icon> = { purchase: IconReceipt, payment: IconReceipt, order: IconReceipt, subscription: IconRepeat, form: IconForms, course: IconSchool }

const signOfEvent = (type: string): Icon => SIGNS[type] ?? BY_THING[type.split('.')[0] ?? ''] ?? IconPoint

/** The sign of what happened; decoration, the words stand beside it. */
export const signOf = (entry: TimelineEntry): Icon => (entry.kind === 'run' ? IconRoute : signOfEvent(entry.type))
