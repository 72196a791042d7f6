import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { pasteSample } from './senders'
import { KeptNote, useKept } from './useKept'

interface Props {
  ws: string
  workflowId: string
  trigger: Trigger
  save: () => Promise<void>
  onClose: () => void
}

/** Data pasted as a sample. Small faults, such as a comma too many, are mended and told. */
export function PasteDialog({ ws, workflowId, trigger, save, onClose }: Props) {
  const [text, setText] = useState('')
  const keep = useKept(workflowId, trigger)
  const paste = useMutation({
    mutationFn: async () => {
      await save()
      return pasteSample(ws, workflowId, trigger.id, { text })
    },
    onSuccess: (kept) => {
      keep(kept)
      if (kept.status < 400 && (kept.notes ?? []).length === 0) onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    paste.mutate()
  }
  const problem = paste.error instanceof ApiError ? paste.error.problems[0] : undefined
  const kept = paste.data && paste.data.status < 400
  return (
    <Modal opened onClose={onClose} changed={!kept && text.trim() !== ''} title={words.paste} size="lg" zIndex={320}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            data-autofocus
            label={words.pasteLabel}
            description={words.pasteHelp}
            placeholder={'{\n  "email": "ada@example.com",\n  "amount": 4900\n}'}
            autosize
            minRows={8}
            maxRows={20}
            value={text}
            onChange={(e) => {
              setText(e.currentTarget.value)
              paste.reset()
            }}
            error={problem?.detail}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          />
          {!problem && <ErrorNote error={paste.error} />}
          <KeptNote kept={paste.data} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kept ? words.done : words.cancel}
            </Button>
            {!kept && (
              <Button type="submit" loading={paste.isPending} disabled={text.trim() === ''}>
                {words.pasteNow}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
