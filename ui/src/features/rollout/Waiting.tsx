import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { waitingQuery, type PushedClient } from '../../api/pushes'
import { rollout as words } from '../../lib/text/en/rollout'
import classes from './Rollout.module.css'
import { ClientBadge } from './StateBadge'

const ChooseDialog = lazy(() => import('./ChooseDialog').then((m) => ({ default: m.ChooseDialog })))
const FillDialog = lazy(() => import('./FillDialog').then((m) => ({ default: m.FillDialog })))
const UndoDialog = lazy(() => import('./UndoDialog').then((m) => ({ default: m.UndoDialog })))

const DIALOGS = { conflict: ChooseDialog, needs_input: FillDialog, edited: UndoDialog }

/** How many Home shows; the others stand at their template. */
const SHOWN = 3

/** What updates of clients left for a person; nothing when there is nothing. */
export function Waiting({ ws }: { ws: string }) {
  const { data } = useQuery(waitingQuery(ws))
  const [opened, setOpened] = useState<PushedClient>()
  const clients = (data?.items ?? []).slice(0, SHOWN)
  const Dialog = opened && DIALOGS[opened.state as keyof typeof DIALOGS]
  return (
    <>
      {clients.map((c) => (
        <div key={c.clone_id} className={classes.card}>
          <Text fw={600}>{words.home.about(c.workspace.name)}</Text> <ClientBadge state={c.state} />
          <Text size="sm" mt={4} mb="sm">
            {c.reason}
          </Text>
          <Button size="xs" aria-label={`${words.home.see}: ${c.workspace.name}`} onClick={() => setOpened(c)}>
            {words.home.see}
          </Button>
        </div>
      ))}
      {(data?.items.length ?? 0) > SHOWN && clients[0] && (
        <Link to="/w/$ws/templates/$id/clients" params={{ ws, id: clients[0].template_id }}>
          {words.title}
        </Link>
      )}
      <Suspense>{Dialog && <Dialog ws={ws} client={opened} onClose={() => setOpened(undefined)} />}</Suspense>
    </>
  )
}
