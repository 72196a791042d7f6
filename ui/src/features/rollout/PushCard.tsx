import { Button, Group, Progress, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decidePush, renewPushes, type Push } from '../../api/pushes'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorNote } from '../../components/ErrorNote'
import { rollout as words } from '../../lib/text/en/rollout'
import classes from './Rollout.module.css'
import { PushBadge } from './StateBadge'

/** The newest push: how far it is, what the first clients say, what can be decided. */
export function PushCard({ ws, push }: { ws: string; push: Push }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const decide = useMutation({
    mutationFn: (decision: 'go_on' | 'stop' | 'roll_back') => decidePush(ws, push.id, decision),
    onSuccess: () => setAsking(false),
    onSettled: () => renewPushes(client, ws),
  })
  const done = push.total - (push.counts.waiting ?? 0)
  const { outcome } = push
  const updated = (push.counts.updated ?? 0) + (push.counts.kept ?? 0)
  return (
    <section className={classes.card} aria-label={words.push.title(push.version)}>
      <Group justify="space-between" align="start">
        <div className={classes.grow}>
          <Group gap="sm">
            <Text fw={650}>{words.push.title(push.version)}</Text>
            <PushBadge state={push.state} />
          </Group>
          <Text size="sm" mt={4}>
            {words.card.progress(done, push.total)}
            {push.reason && ` · ${push.reason}`}
          </Text>
          {outcome && outcome.finished > 0 && (
            <Text size="sm" c="dimmed">
              {words.card.runs(outcome.finished, outcome.failed)} {outcome.before > 0 && words.card.before(outcome.before, outcome.failed_before)}
            </Text>
          )}
        </div>
        <Group gap="xs">
          {push.state === 'watching' && (
            <Button size="sm" loading={decide.isPending} onClick={() => decide.mutate('go_on')}>
              {words.card.goOn}
            </Button>
          )}
          {(push.state === 'running' || push.state === 'watching') && (
            <Button size="sm" variant="default" onClick={() => decide.mutate('stop')}>
              {words.card.stop}
            </Button>
          )}
          {updated > 0 && push.state !== 'rolling_back' && push.state !== 'rolled_back' && (
            <Button size="sm" variant="default" onClick={() => setAsking(true)}>
              {words.card.back}
            </Button>
          )}
        </Group>
      </Group>
      {push.finished_at === null && <Progress mt="sm" value={push.total > 0 ? (done / push.total) * 100 : 0} aria-label={words.card.progress(done, push.total)} />}
      {!asking && <ErrorNote error={decide.error} />}
      {asking && (
        <ConfirmDialog
          title={words.card.backTitle}
          confirm={words.card.back}
          pending={decide.isPending}
          error={decide.error}
          onConfirm={() => decide.mutate('roll_back')}
          onClose={() => setAsking(false)}
        >
          {words.card.backHelp}
        </ConfirmDialog>
      )}
    </section>
  )
}
