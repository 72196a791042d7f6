import { Anchor, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { runWorkflow, workflowsQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { common } from '../../lib/text/en/common'
import { contacts } from '../../lib/text/en/contacts'

const words = contacts.add
/** How many contacts one call takes. */
const AT_ONCE = 100

/** Starts a workflow once for each of some contacts. */
export function AddToWorkflow({ ws, ids, onClose }: { ws: string; ids: string[]; onClose: () => void }) {
  const live = useInfiniteQuery(workflowsQuery(ws, { status: 'live' }))
  const [chosen, setChosen] = useState<string | null>(null)
  const [started, setStarted] = useState(0)
  const choices = (live.data?.pages ?? []).flatMap((page) => page.items ?? []).map((w) => ({ value: w.id, label: w.name }))
  const start = useMutation({
    mutationFn: async (id: string) => {
      // After a failure part of the way, only the rest is tried again.
      for (let from = started; from < ids.length; from += AT_ONCE) {
        const part = ids.slice(from, from + AT_ONCE)
        await runWorkflow(ws, id, { contact_ids: part })
        setStarted(from + part.length)
      }
    },
  })
  return (
    <Modal opened onClose={onClose} title={words.title(ids.length)}>
      <Stack gap="md">
        <ErrorNote error={start.error} />
        {start.isSuccess ? (
          <>
            <Text role="status">{words.started(started)}</Text>
            <Group justify="space-between">
              <Anchor renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{ workflow_id: chosen ?? undefined }} {...props} />}>{words.toRuns}</Anchor>
              <Button onClick={onClose}>{common.done}</Button>
            </Group>
          </>
        ) : (
          <>
            <Text size="sm">{words.help}</Text>
            <Select
              label={words.workflow}
              placeholder={words.choose}
              data={choices}
              value={chosen}
              onChange={setChosen}
              disabled={started > 0}
              nothingFoundMessage={words.noneLive}
              searchable
              data-autofocus
            />
            {live.data && choices.length === 0 && <Text size="sm">{words.noneLive}</Text>}
            {start.isPending && <Text size="sm" role="status">{common.job.under(started, ids.length)}</Text>}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common.cancel}
              </Button>
              <Button disabled={!chosen} loading={start.isPending} onClick={() => chosen && start.mutate(chosen)}>
                {words.go}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
