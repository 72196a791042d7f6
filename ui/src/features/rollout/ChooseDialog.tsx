import { Button, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerClient, pushedClientQuery, renewPushes, type Conflict, type PushedClient } from '../../api/pushes'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { rollout } from '../../lib/text/en/rollout'
import classes from './Rollout.module.css'

const words = rollout.choose

type Side = 'ours' | 'theirs'

const keyOf = (c: Conflict) => `${c.workflow_id} ${c.key}`

/** The client's value beside the template's, for each place that both changed. */
export function ChooseDialog({ ws, client, onClose }: { ws: string; client: PushedClient; onClose: () => void }) {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(pushedClientQuery(ws, client.push_id, client.clone_id))
  const [taken, setTaken] = useState<Record<string, Side>>({})
  const conflicts = data?.conflicts ?? []
  const left = conflicts.filter((c) => !taken[keyOf(c)]).length
  const all = (side: Side) => setTaken(Object.fromEntries(conflicts.map((c) => [keyOf(c), side])))
  const save = useMutation({
    mutationFn: () =>
      answerClient(ws, client.push_id, client.clone_id, {
        choices: conflicts.map((c) => ({ workflow_id: c.workflow_id, key: c.key, seen: c.seen, take: taken[keyOf(c)] ?? 'ours' })),
      }),
    onSuccess: async (now) => {
      await renewPushes(queries, ws)
      // A choice can show what was hidden behind it.
      if (now.state !== 'conflict') onClose()
      else void refetch()
    },
  })
  return (
    <Modal opened onClose={onClose} size="xl" changed={Object.keys(taken).length > 0} title={words.title(client.workspace.name)}>
      <Stack gap="md">
        <Text size="sm">{words.help}</Text>
        <ErrorNote error={error ?? save.error} />
        {!data && !error && <Skeleton height={160} radius="md" />}
        {conflicts.length > 1 && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => all('ours')}>
              {words.allOurs}
            </Button>
            <Button size="xs" variant="default" onClick={() => all('theirs')}>
              {words.allTheirs}
            </Button>
          </Group>
        )}
        {conflicts.map((c) => (
          <Place key={keyOf(c)} conflict={c} taken={taken[keyOf(c)]} onTake={(side) => setTaken({ ...taken, [keyOf(c)]: side })} />
        ))}
        <Group justify="flex-end">
          {left > 0 && (
            <Text size="sm" c="dimmed">
              {words.left(left)}
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={save.isPending} disabled={left > 0 || conflicts.length === 0} onClick={() => save.mutate()}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Place({ conflict, taken, onTake }: { conflict: Conflict; taken?: Side; onTake: (side: Side) => void }) {
  const label = conflict.label || words.whole
  return (
    <section className={classes.place} aria-label={`${conflict.name}: ${label}`}>
      <Text fw={600}>
        {conflict.name ? `${conflict.name}: ${label}` : label}
        {conflict.draft && <span className={classes.aside}> · {words.draft}</span>}
      </Text>
      {conflict.base !== null && conflict.field !== '' && (
        <Text size="sm" c="dimmed">
          {words.was} {shown(conflict.base)}
        </Text>
      )}
      <div className={classes.sides} role="radiogroup" aria-label={`${conflict.name}: ${label}`}>
        <Value title={words.ours} value={conflict.ours} chosen={taken === 'ours'} onChoose={() => onTake('ours')} />
        <Value title={words.theirs} value={conflict.theirs} chosen={taken === 'theirs'} onChoose={() => onTake('theirs')} />
      </div>
    </section>
  )
}

function Value({ title, value, chosen, onChoose }: { title: string; value: unknown; chosen: boolean; onChoose: () => void }) {
  return (
    <UnstyledButton className={classes.side} role="radio" aria-checked={chosen} data-chosen={chosen || undefined} onClick={onChoose}>
      <span className={classes.sideTitle}>{title}</span>
      <span className={classes.sideValue}>{shown(value)}</span>
    </UnstyledButton>
  )
}

/** A value as people read it; a whole step by its name. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return words.gone
  if (value === '') return words.empty
  if (typeof value === 'string') return value
  if (typeof value === 'object' && 'type' in value && 'params' in value) {
    const step = value as { name?: string; type: string; params: unknown }
    return `${step.name || step.type}\n${JSON.stringify(step.params, null, 2)}`
  }
  return JSON.stringify(value, null, 2)
}
