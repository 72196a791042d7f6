import { Card, Text, Title } from '@mantine/core'
import type { Workflow } from '../../api/workflows'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'

const HELP = {
  draft: text.workflow.draftHelp,
  live: text.workflow.liveHelp,
  paused: text.workflow.pausedHelp,
} as const

/** How the workflow stands, and what that means for the next event. */
export function StatusCard({ workflow }: { workflow: Workflow }) {
  const changed = workflow.updated_at ?? workflow.created_at
  return (
    <Card component="section" aria-labelledby="status-title">
      <Title order={2} id="status-title">
        {text.workflow.now}
      </Title>
      <Text size="sm" mt={4}>
        {HELP[workflow.status]}
      </Text>
      {workflow.status === 'live' && !workflow.has_changes && (
        <Text size="sm" c="dimmed" mt={4}>
          {text.workflow.upToDate}
        </Text>
      )}
      {changed && (
        <Text size="sm" c="dimmed" mt={8}>
          {text.workflow.changed} <TimeAgo at={changed} />
        </Text>
      )}
    </Card>
  )
}
