import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { startForContacts, type ContactFilter } from '../../api/contacts'
import { workflowsQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { JobProgress } from '../../components/JobProgress'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { contacts } from '../../lib/text/en/contacts'

const words = contacts.add

interface Props {
  ws: string
  /** Missing: all that the filter finds, at most the 10,000 newest. */
  ids?: string[]
  filter?: ContactFilter
  onClose: () => void
}

/** Starts a workflow once for each of some contacts. */
export function AddToWorkflow({ ws, ids, filter, onClose }: Props) {
  const live = useInfiniteQuery(workflowsQuery(ws, { status: 'live' }))
  const [chosen, setChosen] = useState<string | null>(null)
  const choices = (live.data?.pages ?? []).flatMap((page) => page.items ?? []).map((w) => ({ value: w.id, label: w.name }))
  const start = useMutation({
    mutationFn: (workflow_id: string) => startForContacts(ws, { workflow_id, ...(ids ? { ids } : { filter: filter ?? {} }) }),
  })
  return (
    <Modal opened onClose={onClose} title={ids ? words.title(ids.length) : words.titleAll}>
      {start.data ? (
        <JobProgress ws={ws} id={start.data.job_id} touches={[['ws', ws, 'contacts', 'timeline'], ['ws', ws, 'health']]} onClose={onClose}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{ workflow_id: chosen ?? undefined }} {...props} />}>
            {words.toRuns}
          </Anchor>
        </JobProgress>
      ) : (
        <Stack gap="md">
          <ErrorNote error={start.error} />
          <Text size="sm">{words.help}</Text>
          <Select
            label={words.workflow}
            placeholder={words.choose}
            data={choices}
            value={chosen}
            onChange={setChosen}
            nothingFoundMessage={words.noneLive}
            searchable
            data-autofocus
          />
          {live.data && choices.length === 0 && <Text size="sm">{words.noneLive}</Text>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button disabled={!chosen} loading={start.isPending} onClick={() => chosen && start.mutate(chosen)}>
              {words.go}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
