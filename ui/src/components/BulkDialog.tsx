import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { bulkRuns, type BulkAction, type RunFilter } from '../api/runs'
import { ErrorNote } from './ErrorNote'
import { JobProgress } from './JobProgress'
import { common } from '../lib/text/en/common'
import { runs as words } from '../lib/text/en/runs'
import { Modal } from './Modal'

interface Props {
  ws: string
  action: BulkAction['action']
  /** Missing: all of the filter. */
  ids?: string[]
  filter?: RunFilter
  /** How many runs the filter finds, when that is known. */
  about?: number
  /** Whether "with the live version" is chosen beforehand. */
  live?: boolean
  onClose: (done: boolean) => void
}

/** Does one thing to many runs: asks, then shows how far it is. */
export function BulkDialog({ ws, action, ids, filter, about = ids?.length, live: first = false, onClose }: Props) {
  const [live, setLive] = useState(first)
  const start = useMutation({
    mutationFn: () =>
      bulkRuns(ws, { action, ...(ids ? { ids } : { filter: filter ?? {} }), ...(action === 'retry' ? { version: live ? 'live' : 'pinned' } : {}) }),
  })
  const job = start.data?.job_id
  return (
    <Modal opened onClose={() => onClose(job !== undefined)} title={words.bulk.titles[action]}>
      {job ? (
        <JobProgress ws={ws} id={job} touches={[['ws', ws, 'runs'], ['ws', ws, 'health'], ['ws', ws, 'workflows']]} onClose={() => onClose(true)} />
      ) : (
        <Stack gap="md">
          <ErrorNote error={start.error} />
          <Text size="sm">{words.bulk.help[action]}</Text>
          <Text size="sm" fw={600}>
            {about === undefined ? words.bulk.aboutAll : words.bulk.about(about)}
          </Text>
          {action === 'retry' && (
            <Checkbox label={words.bulk.live} description={words.bulk.liveHelp} checked={live} onChange={(e) => setLive(e.currentTarget.checked)} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose(false)}>
              {common.cancel}
            </Button>
            <Button color={action === 'cancel' ? 'red.9' : undefined} loading={start.isPending} onClick={() => start.mutate()}>
              {words.bulk.go[action]}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
