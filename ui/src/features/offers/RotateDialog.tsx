import { Select, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressesQuery, rotateAddresses } from '../../api/activation'
import { useAnnounce } from '../../components/Announcer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { activation as words } from '../../lib/text/en/activation'

const OVERLAPS = Object.entries(words.rotate.overlaps).map(([value, label]) => ({ value, label }))

/** Gives an offer new addresses, and asks how long the old ones work too. */
export function RotateDialog({ ws, id, onClose }: { ws: string; id: string; onClose: () => void }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const [overlap, setOverlap] = useState('24h')
  const rotate = useMutation({
    mutationFn: () => rotateAddresses(ws, id, overlap),
    onSuccess: (addresses) => {
      client.setQueryData(addressesQuery(ws, id).queryKey, addresses)
      announce(words.rotate.done)
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.rotate.title} confirm={words.rotate.go} danger={false} pending={rotate.isPending} error={rotate.error} onConfirm={() => rotate.mutate()} onClose={onClose}>
      <Text size="sm">{words.rotate.help}</Text>
      <Select label={words.rotate.overlap} data={OVERLAPS} value={overlap} onChange={(value) => value && setOverlap(value)} allowDeselect={false} data-autofocus />
    </ConfirmDialog>
  )
}
