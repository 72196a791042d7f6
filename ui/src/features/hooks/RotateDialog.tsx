import { Select, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { rotateSecret, type NewHook } from '../../api/hooks'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { hooks } from '../../lib/text/en/hooks'

const words = hooks.rotate
const OVERLAPS = Object.entries(words.overlaps).map(([value, label]) => ({ value, label }))

/** Gives a hook a new secret, and asks how long the old one signs too. */
export function RotateDialog({ ws, id, onDone, onClose }: { ws: string; id: string; onDone: (hook: NewHook) => void; onClose: () => void }) {
  const [overlap, setOverlap] = useState('24h')
  const rotate = useMutation({ mutationFn: () => rotateSecret(ws, id, overlap), onSuccess: onDone })
  return (
    <ConfirmDialog title={words.title} confirm={words.go} danger={false} pending={rotate.isPending} error={rotate.error} onConfirm={() => rotate.mutate()} onClose={onClose}>
      <Text size="sm">{words.help}</Text>
      <Select label={words.overlap} data={OVERLAPS} value={overlap} onChange={(value) => value && setOverlap(value)} allowDeselect={false} data-autofocus />
    </ConfirmDialog>
  )
}
