import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { versionsQuery, type Workflow } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'

/** What has been published, newest first. */
export function Versions({ ws, workflow }: { ws: string; workflow: Workflow }) {
  const { data, error } = useQuery(versionsQuery(ws, workflow.id))
  const versions = data?.items ?? []
  return (
    <Card component="section" aria-labelledby="versions-title">
      <Title order={2} id="versions-title" mb="xs">
        {text.workflow.versions}
      </Title>
      <ErrorNote error={error} />
      {data && versions.length === 0 && (
        <Text size="sm" c="dimmed">
          {text.workflow.noVersions}
        </Text>
      )}
      <Stack gap={6}>
        {versions.map((version) => (
          <Group key={version.version} gap="xs" wrap="nowrap" justify="space-between">
            <Group gap="xs">
              <Text fw={600} size="sm">
                {text.workflow.version(version.version)}
              </Text>
              {version.version === workflow.live_version && workflow.status !== 'draft' && (
                <Badge size="sm" color="leaf.8">
                  {text.workflow.liveVersion}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              <TimeAgo at={version.created_at} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}
