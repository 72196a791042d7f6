import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/http'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { schemeOf, sendersQuery, sendSample } from './senders'
import { KeptNote, useKept } from './useKept'

interface Props {
  ws: string
  workflowId: string
  trigger: Trigger
  save: () => Promise<void>
  onClose: () => void
}

/** Has a well-known sender's sample sent to this address, really signed. */
export function SendSample({ ws, workflowId, trigger, save, onClose }: Props) {
  const { data: senders, isPending, error } = useQuery(sendersQuery)
  const able = (senders ?? []).filter((s) => (s.events ?? []).length > 0)
  const scheme = schemeOf(trigger)
  const [chosen, setChosen] = useState('')
  const [event, setEvent] = useState('')
  const sender = able.find((s) => s.id === chosen) ?? able.find((s) => s.scheme === scheme && scheme !== 'none') ?? able.find((s) => s.id === 'json') ?? able[0]
  const events = sender?.events ?? []
  const keep = useKept(workflowId, trigger)
  const send = useMutation({
    mutationFn: async () => {
      await save() // the address judges by the stored draft
      return sendSample(ws, workflowId, trigger.id, { sender: sender?.id ?? 'json', event: events.some((e) => e.id === event) ? event : events[0]?.id })
    },
    onSuccess: (kept) => {
      keep(kept)
      if (kept.status < 400) onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={words.send} zIndex={320}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {words.sendHelp}
        </Text>
        <ErrorNote error={error} />
        {isPending && <Skeleton height={60} />}
        {sender && (
          <>
            <NativeSelect data-autofocus label={words.sender} data={able.map((s) => ({ value: s.id, label: s.label }))} value={sender.id} onChange={(e) => setChosen(e.currentTarget.value)} />
            {events.length > 1 && <NativeSelect label={words.event} data={events.map((e) => ({ value: e.id, label: e.label }))} value={event || events[0]?.id} onChange={(e) => setEvent(e.currentTarget.value)} />}
          </>
        )}
        <KeptNote kept={send.data} />
        {send.error && <SendError error={send.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button loading={send.isPending} disabled={!sender} onClick={() => send.mutate()}>
            {words.sendNow}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Most refusals are about the secret: their sentence says what to do. */
function SendError({ error }: { error: Error }) {
  const detail = error instanceof ApiError ? error.problems[0]?.detail : undefined
  if (!detail) return <ErrorNote error={error} />
  return (
    <Alert variant="light" color="orange" role="alert" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
      {detail}
    </Alert>
  )
}
