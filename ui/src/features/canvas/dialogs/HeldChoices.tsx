import { Anchor, Radio, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { runsQuery } from '../../../api/runs'
import type { HeldChoice } from '../../../api/workflows'
import { TimeAgo } from '../../../components/TimeAgo'
import { text } from '../../../lib/text'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'

const CHOICES: { value: HeldChoice; label: string; description: string }[] = [
  { value: 'run', label: text.workflow.heldRun, description: text.workflow.heldRunHelp },
  { value: 'keep', label: text.workflow.heldKeep, description: text.workflow.heldKeepHelp },
  { value: 'discard', label: text.workflow.heldDiscard, description: text.workflow.heldDiscardHelp },
]

interface Props {
  count: number
  value: HeldChoice
  onChange: (choice: HeldChoice) => void
}

/** What shall become of the events that were kept; they can be looked at first. */
export function HeldChoices({ count, value, onChange }: Props) {
  const [listed, setListed] = useState(false)
  return (
    <Stack gap="sm">
      <Radio.Group value={value} onChange={(v) => onChange(v as HeldChoice)} label={canvas.publish.held(count)}>
        <Stack gap="xs" mt="xs">
          {CHOICES.map((choice) => (
            <Radio key={choice.value} {...choice} />
          ))}
        </Stack>
      </Radio.Group>
      {listed ? (
        <HeldList />
      ) : (
        <Anchor component="button" type="button" size="sm" w="fit-content" onClick={() => setListed(true)}>
          {canvas.publish.heldList}
        </Anchor>
      )}
    </Stack>
  )
}

function HeldList() {
  const { ws, id } = useDesk()
  const { data, error } = useInfiniteQuery(runsQuery(ws, { workflow_id: id, status: 'held' }, 20))
  const page = data?.pages[0]
  const runs = page?.items ?? []
  if (error) return <Text size="sm">{error.message}</Text>
  if (data && runs.length === 0) {
    // Before the first version there is nothing to run: what was kept are the requests.
    return (
      <Anchor size="sm" renderRoot={(props: object) => <Link to="/w/$ws/requests" params={{ ws }} search={{ workflow_id: id, verdict: 'held' }} {...props} />}>
        {canvas.publish.heldRequests}
      </Anchor>
    )
  }
  return (
    <Stack gap={4}>
      {runs.map((run) => (
        <Anchor key={run.id} size="sm" renderRoot={(props: object) => <Link to="/w/$ws/runs/$id" params={{ ws, id: run.id }} {...props} />}>
          <TimeAgo at={run.created_at} />
        </Anchor>
      ))}
    </Stack>
  )
}
