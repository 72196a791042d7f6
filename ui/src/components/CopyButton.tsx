import { ActionIcon } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { text } from '../lib/text'
import { useAnnounce } from './Announcer'

/** Copies a value, made when it is asked for if it is a function; the label says what of. */
export function CopyButton({ value, label }: { value: string | (() => string); label: string }) {
  const clipboard = useClipboard({ timeout: 1500 })
  const announce = useAnnounce()
  const copy = () => {
    clipboard.copy(typeof value === 'string' ? value : value())
    announce(text.workflows.copied)
  }
  // The browser's own hint: the library's would bring a tenth of a page along.
  return (
    <ActionIcon onClick={copy} aria-label={label} title={label} size="lg" color={clipboard.copied ? 'teal' : undefined}>
      {clipboard.copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
    </ActionIcon>
  )
}
