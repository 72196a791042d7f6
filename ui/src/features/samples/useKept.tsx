import { Alert, List, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useAnnounce } from '../../components/Announcer'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { useSampleChoices } from './choice'
import type { Kept } from './senders'

/** Makes a sample that was just kept the one that is shown. */
export function useKept(workflowId: string, trigger: Trigger): (kept: Kept) => void {
  const client = useQueryClient()
  const announce = useAnnounce()
  const choose = useSampleChoices((s) => s.choose)
  return (kept) => {
    void client.invalidateQueries({ predicate: (q) => q.queryKey[2] === 'workflows' && q.queryKey[3] === 'requests' && q.queryKey[4] === workflowId })
    if (kept.status >= 400) return
    choose(workflowId, { triggerId: trigger.id, requestId: kept.request_id })
    announce(words.caught)
  }
}

/** What was mended in a sample, or why it was refused. */
export function KeptNote({ kept }: { kept: Kept | undefined }) {
  if (!kept) return null
  const notes = kept.notes ?? []
  if (kept.status < 400 && notes.length === 0) return null
  return (
    <Alert variant="light" color={kept.status < 400 ? 'yellow' : 'orange'} role="alert" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
      {kept.status >= 400 && (
        <Text size="sm" fw={550}>
          {words.refused(words.verdicts[kept.verdict] ?? kept.verdict)} {kept.reason}
        </Text>
      )}
      {notes.length > 0 && (
        <>
          <Text size="sm">{words.mended}</Text>
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  )
}
