import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { resume, type HeldChoice } from '../../../api/workflows'
import { ErrorNote } from '../../../components/ErrorNote'
import { Modal } from '../../../components/Modal'
import { common } from '../../../lib/text/en/common'
import { text } from '../../../lib/text'
import { useDesk, useVerdict } from '../desk'
import { useToast } from '../Toast'
import { HeldChoices } from './HeldChoices'

/** Lets a paused workflow go on, and asks about the events that were kept. */
export function ResumeDialog({ onClose }: { onClose: () => void }) {
  const { ws, id } = useDesk()
  const { workflow } = useVerdict()
  const client = useQueryClient()
  const say = useToast()
  const [held, setHeld] = useState<HeldChoice>('run')
  const act = useMutation({
    mutationFn: () => resume(ws, id, held),
    onSuccess: () => {
      say(text.workflow.resumedNow)
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] }),
  })
  return (
    <Modal opened onClose={onClose} title={text.workflow.heldTitle(workflow.held_count)}>
      <Stack gap="md">
        <ErrorNote error={act.error} />
        <HeldChoices count={workflow.held_count} value={held} onChange={setHeld} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button color={held === 'discard' ? 'red.9' : undefined} loading={act.isPending} onClick={() => act.mutate()}>
            {text.workflow.resume}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
