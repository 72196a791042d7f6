import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { liveQuery } from '../../../api/draft'
import { ApiError, type Problem } from '../../../api/http'
import { publish, workflowQuery, type HeldChoice, type Workflow } from '../../../api/workflows'
import { ErrorNote } from '../../../components/ErrorNote'
import { Modal } from '../../../components/Modal'
import { normal } from '../../../lib/document/normal'
import { canvas } from '../../../lib/text/en/canvas'
import { isWarning, useDesk, useVerdict } from '../desk'
import { useEditor } from '../store'
import { useToast } from '../Toast'
import { DiffList } from './DiffList'
import classes from './Dialogs.module.css'
import { HeldChoices } from './HeldChoices'
import { ProblemLinks } from './ProblemLinks'

const words = canvas.publish

/** Everything to know before publishing: what to fix, what changes, and what becomes of kept events. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { saver } = useDesk()
  const { workflow } = useVerdict()
  const [checked, setChecked] = useState<{ error?: unknown }>()
  useEffect(() => {
    let current = true
    saver.flush().then(
      () => current && setChecked({}),
      (error: unknown) => current && setChecked({ error }),
    )
    return () => {
      current = false
    }
  }, [saver])
  return (
    <Modal opened onClose={onClose} size="lg" title={(workflow.live_version ?? 0) > 0 ? words.changes : words.title}>
      {!checked && (
        <Group gap="sm" role="status">
          <Loader size="sm" aria-hidden />
          <Text size="sm">{words.checking}</Text>
        </Group>
      )}
      {checked?.error !== undefined && <ErrorNote error={checked.error} />}
      {checked && checked.error === undefined && <Checklist workflow={workflow} onClose={onClose} />}
    </Modal>
  )
}

function Checklist({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const first = (workflow.live_version ?? 0) === 0
  const [held, setHeld] = useState<HeldChoice>(first ? 'keep' : 'run')
  const act = usePublish(onClose)
  const refused = act.error instanceof ApiError && act.error.problems.length > 0 ? act.error.problems : undefined
  const all = refused ?? workflow.problems ?? []
  const problems = all.filter((p) => !isWarning(p))
  const warnings = all.filter(isWarning)
  const unchanged = !first && !workflow.has_changes
  return (
    <Stack gap="lg">
      {act.error && !refused && <ErrorNote error={act.error} />}
      <Section problems={problems} title={words.problems(problems.length)} tone="bad" onGo={onClose} />
      <Section problems={warnings} title={words.warnings(warnings.length)} tone="warn" onGo={onClose} />
      {problems.length === 0 && (
        <div className={classes.ready}>
          <IconCheck size={18} aria-hidden />
          {unchanged ? words.same : words.ready}
        </div>
      )}
      {first ? <Text size="sm">{words.first}</Text> : <Changes workflow={workflow} />}
      {workflow.held_count > 0 && problems.length === 0 && <HeldChoices count={workflow.held_count} value={held} onChange={setHeld} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.back}
        </Button>
        <Button color="leaf" loading={act.isPending} disabled={problems.length > 0 || (unchanged && workflow.status === 'live')} onClick={() => act.mutate(workflow.held_count > 0 ? held : undefined)}>
          {words.go}
        </Button>
      </Group>
    </Stack>
  )
}

function Section({ problems, title, tone, onGo }: { problems: Problem[]; title: string; tone: 'bad' | 'warn'; onGo: () => void }) {
  if (problems.length === 0) return null
  return (
    <section className={classes.section} data-tone={tone}>
      <Title order={3} mb="xs">
        {title}
      </Title>
      <ProblemLinks problems={problems} onGo={onGo} />
    </section>
  )
}

/** What differs from the live version, and what that means for runs that wait. */
function Changes({ workflow }: { workflow: Workflow }) {
  const { ws, id, types } = useDesk()
  const { waiting } = useVerdict()
  const definition = useEditor((s) => s.draft.definition)
  const version = workflow.live_version ?? 0
  const { data: live, error } = useQuery(liveQuery(ws, id, version))
  const count = [...waiting.values()].reduce((sum, n) => sum + n, 0)
  return (
    <div>
      <Title order={3} mb="xs">
        {canvas.versions.changes}
      </Title>
      <ErrorNote error={error} />
      {live && <DiffList from={normal(live.definition, (type) => types.get(type)?.lists)} to={definition} />}
      <Text size="sm" c="dimmed" mt="xs">
        {count > 0 ? words.waiting(count, version) : words.noWaiting}
      </Text>
    </div>
  )
}

function usePublish(onClose: () => void) {
  const { ws, id } = useDesk()
  const client = useQueryClient()
  const say = useToast()
  return useMutation({
    mutationFn: (held: HeldChoice | undefined) => publish(ws, id, held),
    onSuccess: ({ version }) => {
      say(words.done(version))
      onClose()
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: workflowQuery(ws, id).queryKey })
      await client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
    },
  })
}
