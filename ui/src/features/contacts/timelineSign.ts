import { IconEdit, IconGift, IconGiftOff, IconPoint, IconRoute, IconTag, IconTagOff, IconUserPlus, type Icon } from '@tabler/icons-react'
import type { TimelineEntry } from '../../api/contacts'

const SIGNS: Record<string, Icon> = {
  'contact.created': IconUserPlus,
  'contact.updated': IconEdit,
  'tag.added': IconTag,
  'tag.removed': IconTagOff,
  'offer.granted': IconGift,
  'offer.revoked': IconGiftOff,
}

/** The sign of what happened; decoration, the words stand beside it. */
export const signOf = (entry: TimelineEntry): Icon => (entry.kind === 'run' ? IconRoute : (SIGNS[entry.type] ?? IconPoint))
