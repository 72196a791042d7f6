import { Button, Group, Loader, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { previewQuery, renewPushes, startPush, type ClientPlan } from '../../api/pushes'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { rollout } from '../../lib/text/en/rollout'
import classes from './Rollout.module.css'
import { PlanBadge } from './StateBadge'

const words = rollout.push

/** Shows for each client what an update would do, and begins it. */
export function PushDialog({ ws, template, onClose }: { ws: string; template: string; onClose: () => void }) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(previewQuery(ws, template))
  const [first, setFirst] = useState(false)
  const [canary, setCanary] = useState({ clones: 1, min_runs: 10, max_error_increase: 5 })
  const start = useMutation({
    mutationFn: () => startPush(ws, template, first ? canary : undefined),
    onSuccess: async () => {
      await renewPushes(client, ws)
      onClose()
    },
  })
  const clients = data?.clones ?? []
  const set = (part: Partial<typeof canary>) => setCanary({ ...canary, ...part })
  return (
    <Modal opened onClose={onClose} size="lg" title={data ? words.title(data.version) : rollout.title}>
      <Stack gap="md">
        <ErrorNote error={error} onRetry={() => void refetch()} />
        <ErrorNote error={start.error} title={words.failed} />
        {!data && !error && (
          <Group gap="sm">
            <Loader size="sm" />
            <Text size="sm">{words.looking}</Text>
          </Group>
        )}
        {data && <Summary clients={clients} />}
        {clients.length > 0 && (
          <ul className={classes.plans}>
            {clients.map((c) => (
              <Plan key={c.clone_id} plan={c} />
            ))}
          </ul>
        )}
        {clients.length > 1 && (
          <Switch label={words.first} description={words.firstHelp} checked={first} onChange={(e) => setFirst(e.currentTarget.checked)} />
        )}
        {first && (
          <Group grow align="end">
            <NumberInput label={words.clones} min={1} max={clients.length - 1} value={canary.clones} onChange={(n) => set({ clones: Number(n) || 1 })} />
            <NumberInput label={words.runs} min={1} max={10000} value={canary.min_runs} onChange={(n) => set({ min_runs: Number(n) || 1 })} />
            <NumberInput label={words.increase} min={0} max={100} value={canary.max_error_increase} onChange={(n) => set({ max_error_increase: Number(n) || 0 })} />
          </Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={start.isPending} disabled={clients.length === 0} onClick={() => start.mutate()}>
            {words.start}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Summary({ clients }: { clients: ClientPlan[] }) {
  const counts = new Map<string, number>()
  for (const c of clients) counts.set(c.state, (counts.get(c.state) ?? 0) + 1)
  return (
    <Text size="sm">
      {[...counts].map(([state, n]) => `${n} ${words.summary[state] ?? state}`).join(' · ')}
    </Text>
  )
}

function Plan({ plan }: { plan: ClientPlan }) {
  return (
    <li>
      <details>
        <summary>
          <span className={classes.planName}>{plan.workspace.name}</span> <PlanBadge state={plan.state} />
        </summary>
        {plan.reason && <Text size="sm">{plan.reason}</Text>}
        <Sentences title={words.changes} list={plan.updates} />
        <Sentences title={words.keeps} list={plan.edits} />
        <Sentences title={words.adds} list={plan.new.map((n) => words.added(n.name, n.live, n.reason))} />
        {plan.removed.map((t) => (
          <Text key={t.id} size="sm">
            {rollout.removed(t.name || t.id)}
          </Text>
        ))}
      </details>
    </li>
  )
}

function Sentences({ title, list }: { title: string; list: string[] }) {
  if (list.length === 0) return null
  return (
    <>
      <Text size="sm" fw={600} mt={4}>
        {title}
      </Text>
      <ul className={classes.sentences}>
        {list.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  )
}
