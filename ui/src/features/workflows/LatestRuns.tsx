import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { runsQuery } from '../../api/runs'
import type { Workflow } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { RunBadge } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'

/** The newest runs of one workflow. */
export function LatestRuns({ ws, workflow }: { ws: string; workflow: Workflow }) {
  const { data, error } = useInfiniteQuery(runsQuery(ws, { workflow_id: workflow.id }, 5))
  const runs = data?.pages[0]?.items ?? []
  return (
    <Card component="section" aria-labelledby="latest-title">
      <Title order={2} id="latest-title" mb="xs">
        {text.workflow.recentRuns}
      </Title>
      <ErrorNote error={error} />
      {data && runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {text.workflows.noRuns}
        </Text>
      )}
      <Stack gap={8}>
        {runs.map((run) => (
          <Group key={run.id} gap="xs" justify="space-between" wrap="nowrap">
            <RunBadge status={run.status} />
            <Anchor size="sm" renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: run.id }} {...props} />}>
              <TimeAgo at={run.created_at} />
            </Anchor>
          </Group>
        ))}
      </Stack>
      {runs.length > 0 && (
        <Anchor
          size="sm"
          mt="sm"
          renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{ workflow_id: workflow.id }} {...props} />}
        >
          {text.workflow.allRuns}
        </Anchor>
      )}
    </Card>
  )
}
