import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { common } from '../lib/text/en/common'
import { ErrorNote } from './ErrorNote'
import { Modal } from './Modal'

interface Props {
  title: string
  children: ReactNode
  /** What the button that does it says. */
  confirm: string
  /** Must be typed first: for what cannot be undone. */
  type?: { label: string; word: string }
  danger?: boolean
  pending?: boolean
  error?: unknown
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that is hard to undo. */
export function ConfirmDialog({ title, children, confirm, type, danger = true, pending, error, onConfirm, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const ready = !type || typed.trim() === type.word
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (ready) onConfirm()
        }}
      >
        <Stack gap="md">
          <ErrorNote error={error} />
          {typeof children === 'string' ? <Text size="sm">{children}</Text> : children}
          {type && <TextInput label={type.label} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} autoComplete="off" />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus={danger && !type ? true : undefined}>
              {common.cancel}
            </Button>
            <Button type="submit" color={danger ? 'red.9' : undefined} loading={pending} disabled={!ready}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
