import { ActionIcon, Button, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { IconCheck, IconEdit, IconHourglass, IconLinkOff, IconUserShare, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { connectionsQuery, deleteConnection, testConnection, type Connection } from '../../api/settings'
import { endClientLink } from '../../api/agency'
import { ConnectButton } from '../../components/ConnectButton'
import { MayButton } from '../../components/MayButton'
import { ErrorNote } from '../../components/ErrorNote'
import { Reconnect } from '../../components/Reconnect'
import { TimeAgo } from '../../components/TimeAgo'
import { agency } from '../../lib/text/en/agency'
import { CopyButton } from '../../components/CopyButton'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { common } from '../../lib/text/en/common'
import { connecting } from '../../lib/text/en/connecting'
import { connections as words } from '../../lib/text/en/setup'
import { ConnectionDialog } from '.'
import { cardLine } from './connectionForm'
import classes from './Connections.module.css'

const AskClient = lazy(() => import('./AskClient').then((m) => ({ default: m.AskClient })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

/** How workflows sign in elsewhere. */
export function ConnectionsPage() {
  const { ws } = useParams({ from: '/w/$ws/connections' })
  const list = useInfiniteQuery(connectionsQuery(ws))
  const [editing, setEditing] = useState<Connection | 'new'>()
  const [removing, setRemoving] = useState<Connection>()
  const [asking, setAsking] = useState<Connection>()
  const [revoking, setRevoking] = useState<Connection>()
  const some = (list.data?.pages[0]?.items?.length ?? 0) > 0
  const create = (
    <MayButton ws={ws} needs="connections:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setEditing('new')}>
      {words.create}
    </MayButton>
  )
  return (
    <Page title={words.title} help={words.help} actions={some ? create : undefined}>
      <Reconnect ws={ws} />
      <ListFrame
        list={list}
        label={words.title}
        empty={
          <Empty icon={IconPlugConnected} title={words.emptyTitle} action={create}>
            <Text c="dimmed">{words.emptyHelp}</Text>
          </Empty>
        }
        row={(connection) => (
          <Row key={connection.id} ws={ws} connection={connection} onEdit={() => setEditing(connection)} onRemove={() => setRemoving(connection)} onAsk={() => (connection.waiting_since ? setRevoking(connection) : setAsking(connection))} />
        )}
      />
      <Suspense>
        {editing && <ConnectionDialog ws={ws} connection={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
        {asking && <AskClient ws={ws} connection={asking} onClose={() => setAsking(undefined)} />}
        {revoking && <Revoke ws={ws} connection={revoking} onClose={() => setRevoking(undefined)} />}
        {removing && <Remove ws={ws} connection={removing} onClose={() => setRemoving(undefined)} />}
      </Suspense>
    </Page>
  )
}

interface RowProps {
  ws: string
  connection: Connection
  onEdit: () => void
  onRemove: () => void
  /** Asks the client, or takes the asking back. */
  onAsk: () => void
}

function Row({ ws, connection, onEdit, onRemove, onAsk }: RowProps) {
  const type = useNodeType()(connection.type)
  const test = useMutation({ mutationFn: () => testConnection(ws, connection.id) })
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <div className={classes.name}>{connection.name}</div>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>{[type.name, cardLine(type, connection.params)].filter(Boolean).join(' · ')}</div>
        {connection.waiting_since && (
          <div className={classes.waiting}>
            <IconHourglass size={15} aria-hidden /> {agency.link.waiting}, {agency.link.since} <TimeAgo at={connection.waiting_since} />
          </div>
        )}
        {!connection.waiting_since && connection.problem && !test.data && <div className={classes.bad}>{connection.problem}</div>}
        <SignInLine connection={connection} />
        <div role="status">
          {test.data?.ok && (
            <span className={classes.ok}>
              <IconCheck size={15} aria-hidden /> {test.data.account ? words.connected(test.data.account) : test.data.message || words.works}
            </span>
          )}
          {test.data && !test.data.ok && <span className={classes.bad}>{test.data.message}</span>}
        </div>
        <ErrorNote error={test.error} />
      </div>
      <div className={classes.actions}>
        {connection.sign_in?.status === 'not_connected' && !onlyApp(connection) && <ConnectButton ws={ws} connection={connection} size="xs" />}
        {type.testable && (
          <Button size="xs" variant="default" loading={test.isPending} aria-label={words.testOne(connection.name)} onClick={() => test.mutate()}>
            {words.test}
          </Button>
        )}
        <ActionIcon size="lg" title={connection.waiting_since ? agency.link.revoke : agency.link.ask} aria-label={connection.waiting_since ? agency.link.revokeOne(connection.name) : agency.link.askOne(connection.name)} onClick={onAsk}>
          {connection.waiting_since ? <IconLinkOff size={18} aria-hidden /> : <IconUserShare size={18} aria-hidden />}
        </ActionIcon>
        <ActionIcon size="lg" title={common.edit} aria-label={words.editOne(connection.name)} onClick={onEdit}>
          <IconEdit size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon size="lg" title={common.remove} aria-label={words.removeOne(connection.name)} onClick={onRemove}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  )
}

function Revoke({ ws, connection, onClose }: { ws: string; connection: Connection; onClose: () => void }) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => endClientLink(ws, connection.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={agency.link.revokeTitle(connection.name)} confirm={agency.link.revoke} pending={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      {agency.link.revokeHelp}
    </ConfirmDialog>
  )
}

/** Whether the app signs in by itself, so that no person has to. */
const onlyApp = (connection: Connection) => connection.params.grant === 'app' && connection.params.provider === 'other'

/** How a connection stands that somebody signs in for, and what its service has to know of us. */
function SignInLine({ connection }: { connection: Connection }) {
  const sign = connection.sign_in
  if (!sign || onlyApp(connection)) return null
  if (sign.status === 'connected') {
    return (
      <div className={classes.ok}>
        <IconCheck size={15} aria-hidden /> {connecting.ready}
      </div>
    )
  }
  return (
    <>
      <div className={sign.status === 'lost' ? classes.bad : listClasses.dim}>{sign.status === 'lost' ? connecting.lost(connection.name) : connecting.notYet}</div>
      <div className={`${listClasses.dim} ${classes.redirect}`}>
        {connecting.redirect} <code>{sign.redirect_url}</code>
        <CopyButton value={sign.redirect_url} label={connecting.copy} />
      </div>
    </>
  )
}

function Remove({ ws, connection, onClose }: { ws: string; connection: Connection; onClose: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteConnection(ws, connection.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.removeTitle(connection.name)} confirm={common.remove} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.removeHelp}
    </ConfirmDialog>
  )
}
