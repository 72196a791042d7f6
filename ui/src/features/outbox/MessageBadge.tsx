import { IconCheck, IconClock, IconInbox, IconMailOff, IconSend, IconX, type Icon } from '@tabler/icons-react'
import type { Message } from '../../api/outbox'
import type { Tone } from '../../components/StatusBadge'
import tones from '../../components/Tone.module.css'
import { outbox as words } from '../../lib/text/en/outbox'

const LOOKS: Record<Message['status'], [Tone, Icon]> = {
  queued: ['calm', IconClock],
  sending: ['busy', IconSend],
  sent: ['good', IconCheck],
  kept: ['warn', IconInbox],
  failed: ['bad', IconX],
  skipped: ['calm', IconMailOff],
}

/** What became of a message, as a word with a colour. */
export function MessageBadge({ status }: { status: Message['status'] }) {
  const [tone, Sign] = LOOKS[status] ?? LOOKS.queued
  return (
    <span className={`${tones.badge} ${tones[tone]}`}>
      <Sign size={15} stroke={2.2} aria-hidden />
      {words.statuses[status] ?? status}
    </span>
  )
}
