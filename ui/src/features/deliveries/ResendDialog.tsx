import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { hooksKey, resendFailed, type Hook } from '../../api/hooks'
import { ErrorNote } from '../../components/ErrorNote'
import { JobProgress } from '../../components/JobProgress'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { deliveries } from '../../lib/text/en/hooks'
import type { DeliverySearch } from './deliverySearch'
import { resendOnly } from './deliveryText'

const words = deliveries.bulk
const SINCES = Object.entries(words.sinces).map(([value, label]) => ({ value, label }))
const HOUR_MS = 60 * 60 * 1000

interface Props {
  ws: string
  filter: DeliverySearch
  hooks: Map<string, Hook>
  onClose: () => void
  onDone: () => void
}

/** Sends all that have failed since a time again: of one webhook and event, if the list is narrowed so. */
export function ResendDialog({ ws, filter, hooks, onClose, onDone }: Props) {
  const [hours, setHours] = useState('24')
  const start = useMutation({
    mutationFn: () => resendFailed(ws, { hook_id: filter.hook_id, event: filter.event, from: new Date(Date.now() - Number(hours) * HOUR_MS).toISOString() }),
  })
  const only = resendOnly(filter.hook_id, filter.hook_id ? hooks.get(filter.hook_id) : undefined, filter.event)
  const close = () => {
    onDone()
    onClose()
  }
  if (start.data) {
    return (
      <Modal opened onClose={close} title={words.title}>
        {start.data.total === 0 ? (
          <Stack gap="md">
            <Text size="sm">{words.none}</Text>
            <Group justify="flex-end">
              <Button onClick={close}>{common.done}</Button>
            </Group>
          </Stack>
        ) : (
          <JobProgress ws={ws} id={start.data.job_id} touches={[hooksKey(ws)]} onClose={close} />
        )}
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title={words.title}>
      <Stack gap="md">
        <ErrorNote error={start.error} title={words.failed} />
        <Text size="sm">{words.help}</Text>
        {only && (
          <Text size="sm" fw={600}>
            {words.only(only)}
          </Text>
        )}
        <Select label={words.since} data={SINCES} value={hours} onChange={(value) => value && setHours(value)} allowDeselect={false} data-autofocus />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={start.isPending} onClick={() => start.mutate()}>
            {words.go}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
