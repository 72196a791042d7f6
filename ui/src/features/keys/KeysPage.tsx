import { Button, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { keysQuery, revokeKey, type ApiKey } from '../../api/settings'
import { AgencySwitch } from '../../components/AgencySwitch'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { useMay } from '../../components/useMay'
import { useNow } from '../../lib/clock'
import { keys as words } from '../../lib/text/en/setup'
import { instant } from '../../lib/time'
import classes from './Keys.module.css'
import { scopeWords } from './scopes'

const KeyDialog = lazy(() => import('./KeyDialog').then((m) => ({ default: m.KeyDialog })))
const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

/** Keys with which programs use this workspace. */
export function KeysPage() {
  const { ws } = useParams({ from: '/w/$ws/keys' })
  const { of } = useSearch({ from: '/w/$ws/keys' })
  const navigate = useNavigate()
  const { may, agency: mayAll } = useMay(ws)
  const agency = of === 'agency' && mayAll('keys:read')
  const mayChange = agency ? mayAll('keys:write') : may('keys:write')
  const list = useInfiniteQuery(keysQuery(ws, agency))
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  const some = (list.data?.pages[0]?.items?.length ?? 0) > 0
  const create = (
    <Button leftSection={<IconPlus size={17} aria-hidden />} disabled={!mayChange} onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  )
  return (
    <Page title={words.title} help={agency ? words.agencyHelp : words.help} actions={some ? create : undefined}>
      {mayAll('keys:read') && (
        <AgencySwitch
          agency={agency}
          onChange={(next) => void navigate({ to: '/w/$ws/keys', params: { ws }, search: { of: next ? 'agency' : undefined }, replace: true })}
        />
      )}
      <ListFrame
        list={list}
        label={words.title}
        empty={
          <Empty icon={IconKey} title={words.emptyTitle} action={create}>
            <Text c="dimmed">{words.emptyHelp}</Text>
          </Empty>
        }
        row={(key) => <Row key={key.id} apiKey={key} mayChange={mayChange} onRevoke={() => setRevoking(key)} />}
      />
      <Suspense>
        {creating && <KeyDialog ws={ws} agency={agency} onClose={() => setCreating(false)} />}
        {revoking && <Revoke ws={ws} agency={agency} apiKey={revoking} onClose={() => setRevoking(undefined)} />}
      </Suspense>
    </Page>
  )
}

function Row({ apiKey, mayChange, onRevoke }: { apiKey: ApiKey; mayChange: boolean; onRevoke: () => void }) {
  const now = useNow()
  const end = instant(apiKey.expires_at)
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <div className={classes.name}>{apiKey.name}</div>
        <div className={`${listClasses.dim} ${listClasses.clip}`} title={scopeWords(apiKey.scopes)}>
          {words.begins(apiKey.prefix)} · {scopeWords(apiKey.scopes)}
        </div>
      </div>
      <div className={listClasses.dim}>
        {apiKey.last_used_at ? (
          <>
            {words.used} <TimeAgo at={apiKey.last_used_at} />
          </>
        ) : (
          words.neverUsed
        )}
        <div className={end && end < now ? classes.ended : undefined}>
          {!end ? (
            words.noEnd
          ) : end < now ? (
            words.ended
          ) : (
            <>
              {words.ends} <TimeAgo at={apiKey.expires_at} />
            </>
          )}
        </div>
      </div>
      <Button size="xs" variant="default" disabled={!mayChange} aria-label={words.revokeOne(apiKey.name)} onClick={onRevoke}>
        {words.revoke}
      </Button>
    </li>
  )
}

function Revoke({ ws, agency, apiKey, onClose }: { ws: string; agency: boolean; apiKey: ApiKey; onClose: () => void }) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeKey(ws, agency, apiKey.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keysQuery(ws, agency).queryKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog title={words.revokeTitle(apiKey.name)} confirm={words.revokeGo} pending={revoke.isPending} error={revoke.error} onConfirm={() => revoke.mutate()} onClose={onClose}>
      {words.revokeHelp}
    </ConfirmDialog>
  )
}
