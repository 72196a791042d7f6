import { Anchor, Button, Checkbox, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answerClient, endTrigger, renewPushes, type Drift, type PushedClient } from '../../api/pushes'
import { ErrorNote } from '../../components/ErrorNote'
import { rollout as words } from '../../lib/text/en/rollout'
import classes from './Rollout.module.css'
import { ClientBadge } from './StateBadge'

/** What a person wants to decide on, about which client. */
export interface Asked {
  what: 'choose' | 'fill' | 'undo'
  client: PushedClient
}

interface Props {
  ws: string
  client: Drift
  /** Whether the last update still goes on: else nobody waits for it. */
  moving: boolean
  chosen: boolean
  onChoose: (on: boolean) => void
  onAsk: (asked: Asked) => void
}

/** One client: where it stands, what it changed itself, what waits. */
export function ClientRow({ ws, client, moving, chosen, onChoose, onAsk }: Props) {
  const { push } = client
  const workflow = client.workflows[0]
  return (
    <tr>
      <td>
        <Checkbox aria-label={words.one(client.workspace.name)} checked={chosen} onChange={(e) => onChoose(e.currentTarget.checked)} />
      </td>
      <th scope="row">
        {workflow ? (
          <Anchor fw={600} renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws: client.workspace.slug, id: workflow.id }} {...props} />}>
            {client.workspace.name}
          </Anchor>
        ) : (
          client.workspace.name
        )}
        {client.workflows.some((w) => !w.received) && (
          <Text size="xs" c="dimmed" fw={400}>
            {words.noEvent}
          </Text>
        )}
      </th>
      <td className={client.behind > 0 ? classes.behind : undefined}>{words.version(client.version, client.behind)}</td>
      <td>
        {client.edits.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.noEdits}
          </Text>
        ) : (
          <details>
            <summary>{words.edits(client.edits.length)}</summary>
            <ul className={classes.sentences}>
              {client.edits.map((edit) => (
                <li key={edit}>{edit}</li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td>
        {push && (moving || push.state !== 'waiting') ? (
          <ClientBadge state={push.state} />
        ) : (
          <Text size="sm" c="dimmed">
            {push ? words.leftOut : words.never}
          </Text>
        )}
        {push?.reason && (
          <Text size="sm" mt={4}>
            {push.reason}
          </Text>
        )}
        {push?.removed.filter((t) => !t.confirmed).map((t) => <Removed key={t.id} ws={ws} push={push} trigger={t} />)}
      </td>
      <td>{push && <Actions ws={ws} push={push} onAsk={onAsk} />}</td>
    </tr>
  )
}

function Actions({ ws, push, onAsk }: { ws: string; push: PushedClient; onAsk: (asked: Asked) => void }) {
  const client = useQueryClient()
  const again = useMutation({ mutationFn: () => answerClient(ws, push.push_id, push.clone_id, {}), onSettled: () => renewPushes(client, ws) })
  const name = push.workspace.name
  switch (push.state) {
    case 'conflict':
      return (
        <Button size="xs" aria-label={`${words.actions.choose}: ${name}`} onClick={() => onAsk({ what: 'choose', client: push })}>
          {words.actions.choose}
        </Button>
      )
    case 'needs_input':
      return (
        <Button size="xs" aria-label={`${words.actions.fill}: ${name}`} onClick={() => onAsk({ what: 'fill', client: push })}>
          {words.actions.fill}
        </Button>
      )
    case 'failed':
      return (
        <>
          <Button size="xs" variant="default" loading={again.isPending} aria-label={`${words.actions.again}: ${name}`} onClick={() => again.mutate()}>
            {words.actions.again}
          </Button>
          <ErrorNote error={again.error} />
        </>
      )
    case 'updated':
    case 'edited':
      return (
        <Button size="xs" variant="default" aria-label={`${words.actions.back}: ${name}`} onClick={() => onAsk({ what: 'undo', client: push })}>
          {words.actions.back}
        </Button>
      )
  }
  return null
}

function Removed({ ws, push, trigger }: { ws: string; push: PushedClient; trigger: PushedClient['removed'][number] }) {
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => endTrigger(ws, push.push_id, push.clone_id, trigger.workflow_id, trigger.id),
    onSuccess: () => renewPushes(client, ws),
  })
  return (
    <div className={classes.removed}>
      <Text size="sm">{words.removed(trigger.name || trigger.id)}</Text>
      <ErrorNote error={end.error} />
      <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
        {words.confirmRemoved}
      </Button>
    </div>
  )
}
