import { Accordion, Button, Group, List, Loader, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { restoreVersion, versionListQuery, versionQuery } from '../../../api/draft'
import type { Version } from '../../../api/workflows'
import { Drawer } from '../../../components/Drawer'
import { ErrorNote } from '../../../components/ErrorNote'
import { TimeAgo } from '../../../components/TimeAgo'
import toneClasses from '../../../components/Tone.module.css'
import { common } from '../../../lib/text/en/common'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk, useVerdict } from '../desk'
import { useToast } from '../Toast'
import { useReplaced } from './useReplaced'

const words = canvas.versions

/** What was published, what each version changed, and the way back to it. */
export function VersionsDialog({ onClose }: { onClose: () => void }) {
  const { ws, id } = useDesk()
  const { workflow } = useVerdict()
  const list = useInfiniteQuery(versionListQuery(ws, id))
  const versions = list.data?.pages.flatMap((page) => page.items ?? []) ?? []
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={words.title} closeButtonProps={{ 'aria-label': common.close }} attributes={{ header: { role: 'presentation' } }}>
      <Stack gap="md">
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Loader size="sm" />}
        {list.data && versions.length === 0 && <Text size="sm">{words.none}</Text>}
        <Accordion variant="separated" order={3}>
          {versions.map((version) => (
            <Accordion.Item key={version.version} value={String(version.version)}>
              <Accordion.Control>
                <Group gap="sm">
                  <b>{words.version(version.version)}</b>
                  <Text size="sm" c="dimmed" component="span">
                    <TimeAgo at={version.created_at} />
                  </Text>
                  {version.version === workflow.live_version && <span className={`${toneClasses.badge} ${toneClasses.good}`}>{words.live}</span>}
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Detail version={version} onDone={onClose} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {common.more}
          </Button>
        )}
      </Stack>
    </Drawer>
  )
}

function Detail({ version, onDone }: { version: Version; onDone: () => void }) {
  const { ws, id, saver } = useDesk()
  const say = useToast()
  const replaced = useReplaced()
  const { data, error, isPending } = useQuery(versionQuery(ws, id, version.version))
  const restore = useMutation({
    mutationFn: async () => {
      await saver.flush()
      return restoreVersion(ws, id, version.version)
    },
    onSuccess: (workflow) => {
      replaced(workflow)
      say(words.restored(version.version))
      onDone()
    },
  })
  if (isPending) return <Loader size="sm" />
  if (error) return <ErrorNote error={error} />
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {words.changes}
      </Text>
      {data.compared_to === null ? (
        <Text size="sm">{words.first}</Text>
      ) : data.changes.length === 0 ? (
        <Text size="sm">{words.noChanges}</Text>
      ) : (
        <List size="sm" spacing={4}>
          {data.changes.map((change, index) => (
            <List.Item key={`${index}-${change.text}`}>{change.text}</List.Item>
          ))}
        </List>
      )}
      <ErrorNote error={restore.error} />
      <Button variant="default" w="fit-content" loading={restore.isPending} onClick={() => restore.mutate()}>
        {words.restore}
      </Button>
      <Text size="xs" c="dimmed">
        {words.restoreHelp}
      </Text>
    </Stack>
  )
}
