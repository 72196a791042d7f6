import { Button, Checkbox, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconRocket, IconUsers } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { driftQuery, lastPushQuery, type Drift } from '../../api/pushes'
import { ErrorNote } from '../../components/ErrorNote'
import { Empty, Page } from '../../components/Page'
import { rollout as words } from '../../lib/text/en/rollout'
import { ClientRow, type Asked } from './ClientRow'
import { PushCard } from './PushCard'
import classes from './Rollout.module.css'

const PushDialog = lazy(() => import('./PushDialog').then((m) => ({ default: m.PushDialog })))
const ChooseDialog = lazy(() => import('./ChooseDialog').then((m) => ({ default: m.ChooseDialog })))
const FillDialog = lazy(() => import('./FillDialog').then((m) => ({ default: m.FillDialog })))
const ManyActs = lazy(() => import('./ManyActs').then((m) => ({ default: m.ManyActs })))
const UndoDialog = lazy(() => import('./UndoDialog').then((m) => ({ default: m.UndoDialog })))

/** Which client follows which version of a template, and what brings them on. */
export function RolloutPage() {
  const { ws, id } = useParams({ from: '/w/$ws/templates/$id/clients' })
  const push = useQuery(lastPushQuery(ws, id))
  const drift = useQuery(driftQuery(ws, id, push.data))
  const [pushing, setPushing] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const [chosen, setChosen] = useState<string[]>([])
  const clients = drift.data?.items ?? []
  const behind = clients.filter((c) => c.behind > 0).length
  const busy = push.data != null && push.data.finished_at === null
  return (
    <Page
      title={words.title}
      help={words.help}
      back={{ label: words.back, to: { to: '/w/$ws/templates', params: { ws } } }}
      actions={
        clients.length > 0 && (
          <>
          <Button variant="default" renderRoot={(props) => <Link to="/w/$ws/templates/$id/clone" params={{ ws, id }} {...props} />}>
            {words.more}
          </Button>
          <Button leftSection={<IconRocket size={17} aria-hidden />} disabled={behind === 0 || busy} onClick={() => setPushing(true)}>
            {behind === 0 ? words.upToDate : words.update(behind)}
          </Button>
          </>
        )
      }
    >
      <ErrorNote error={drift.error ?? push.error} onRetry={() => void Promise.all([drift.refetch(), push.refetch()])} />
      {drift.isPending && <Skeleton height={280} radius="lg" />}
      {push.data && <PushCard ws={ws} push={push.data} />}
      {drift.data && clients.length === 0 && (
        <Empty
          icon={IconUsers}
          title={words.empty}
          action={<Button renderRoot={(props) => <Link to="/w/$ws/templates/$id/clone" params={{ ws, id }} {...props} />}>{words.more}</Button>}
        >
          {words.emptyHelp}
        </Empty>
      )}
      {chosen.length > 0 && (
        <Suspense>
          <ManyActs ws={ws} template={id} chosen={chosen} />
        </Suspense>
      )}
      {clients.length > 0 && <Clients ws={ws} clients={clients} moving={busy} chosen={chosen} onChoose={setChosen} onAsk={setAsked} />}
      <Suspense>
        {pushing && <PushDialog ws={ws} template={id} onClose={() => setPushing(false)} />}
        {asked?.what === 'choose' && <ChooseDialog ws={ws} client={asked.client} onClose={() => setAsked(undefined)} />}
        {asked?.what === 'fill' && <FillDialog ws={ws} client={asked.client} onClose={() => setAsked(undefined)} />}
        {asked?.what === 'undo' && <UndoDialog ws={ws} client={asked.client} onClose={() => setAsked(undefined)} />}
      </Suspense>
    </Page>
  )
}

interface ClientsProps {
  ws: string
  clients: Drift[]
  /** Whether the last update still goes on. */
  moving: boolean
  chosen: string[]
  onChoose: (ids: string[]) => void
  onAsk: (asked: Asked) => void
}

function Clients({ ws, clients, moving, chosen, onChoose, onAsk }: ClientsProps) {
  const { client, version, own, state, action } = words.columns
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                aria-label={words.all}
                checked={chosen.length === clients.length}
                indeterminate={chosen.length > 0 && chosen.length < clients.length}
                onChange={(e) => onChoose(e.currentTarget.checked ? clients.map((c) => c.clone_id) : [])}
              />
            </th>
            <th scope="col">{client}</th>
            <th scope="col">{version}</th>
            <th scope="col">{own}</th>
            <th scope="col">{state}</th>
            <th scope="col">{action}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((c) => (
            <ClientRow
              key={c.clone_id}
              ws={ws}
              client={c}
              moving={moving}
              chosen={chosen.includes(c.clone_id)}
              onChoose={(on) => onChoose(on ? [...chosen, c.clone_id] : chosen.filter((id) => id !== c.clone_id))}
              onAsk={onAsk}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
