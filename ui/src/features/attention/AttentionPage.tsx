import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconMoodCheck } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { failuresQuery } from '../../api/health'
import { ErrorNote } from '../../components/ErrorNote'
import { FailureCards } from '../../components/FailureCards'
import { Empty, Page } from '../../components/Page'
import { attention as words } from '../../lib/text/en/home'

/** What went wrong, by cause, with the way to mend it. */
export function AttentionPage() {
  const { ws } = useParams({ from: '/w/$ws/attention' })
  const { data, error, isPending, refetch } = useQuery(failuresQuery(ws))
  const groups = data?.items ?? []
  return (
    <Page title={words.title} help={words.help}>
      <Stack gap="md">
        {isPending && [0, 1, 2].map((n) => <Skeleton key={n} height={130} radius="lg" />)}
        <ErrorNote error={error} onRetry={() => void refetch()} />
        {data && groups.length === 0 && (
          <Empty icon={IconMoodCheck} title={words.emptyTitle}>
            <Text c="dimmed">{words.emptyHelp}</Text>
          </Empty>
        )}
        <FailureCards ws={ws} groups={groups} />
      </Stack>
    </Page>
  )
}
