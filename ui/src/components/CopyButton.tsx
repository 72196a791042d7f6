import { ActionIcon, Tooltip } from '@mantine/core'
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
  return (
    <Tooltip label={clipboard.copied ? text.workflows.copied : label}>
      <ActionIcon onClick={copy} aria-label={label} size="lg">
        {clipboard.copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}
