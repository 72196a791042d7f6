import { Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconDownload, IconListCheck } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { auditFile, auditQuery, type AuditEntry, type Place } from '../../api/members'
import { AgencySwitch } from '../../components/AgencySwitch'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { useMay } from '../../components/useMay'
import { actionGroups, agencyGroups, audit as words } from '../../lib/text/en/members'
import classes from './Audit.module.css'
import { details, didWhat } from './auditWords'
import { Chain } from './Chain'

const TYPING_MS = 250

/** Who changed what in the workspace, or on the installation itself. */
export function AuditPage() {
  const { ws } = useParams({ from: '/w/$ws/audit' })
  const { of, action } = useSearch({ from: '/w/$ws/audit' })
  const navigate = useNavigate()
  const { agency: mayAll } = useMay(ws)
  const agency = of === 'agency' && mayAll('audit:read')
  const place: Place = { ws, agency }
  const [typed, setTyped] = useState('')
  const [actor] = useDebouncedValue(typed.trim(), TYPING_MS)
  const list = useInfiniteQuery(auditQuery(place, { actor: actor || undefined, action }))
  const show = (search: { of?: string; action?: string }) => void navigate({ to: '/w/$ws/audit', params: { ws }, search, replace: true })
  const groups = agency ? agencyGroups : actionGroups
  const narrowed = actor !== '' || action !== undefined
  return (
    <Page title={words.title} help={agency ? words.agencyHelp : words.help} actions={<Download place={place} />}>
      {mayAll('audit:read') && <AgencySwitch agency={agency} onChange={(next) => show({ of: next ? 'agency' : undefined })} />}
      <Chain place={place} />
      <div className={classes.filters}>
        <TextInput label={words.who} placeholder={words.whoHint} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} />
        <NativeSelect
          label={words.what}
          data={[{ value: '', label: words.anything }, ...Object.entries(groups).map(([value, label]) => ({ value, label }))]}
          value={action ?? ''}
          onChange={(event) => show({ of, action: event.currentTarget.value || undefined })}
        />
      </div>
      <ListFrame
        list={list}
        label={words.list}
        empty={
          <Empty icon={IconListCheck} title={narrowed ? words.none : words.emptyTitle}>
            <Text c="dimmed">{narrowed ? words.noneHelp : words.emptyHelp}</Text>
          </Empty>
        }
        row={(entry) => <Row key={entry.id} entry={entry} />}
      />
    </Page>
  )
}

function Row({ entry }: { entry: AuditEntry }) {
  const facts = details(entry)
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <div className={classes.what}>{didWhat(entry.action)}</div>
        <div className={`${listClasses.dim} ${listClasses.clip}`} title={facts || entry.object?.id}>
          {facts || entry.object?.id}
        </div>
      </div>
      <div className={`${classes.cell} ${listClasses.clip}`} title={entry.ip}>
        {entry.actor?.name ?? words.nobody}
      </div>
      <div className={listClasses.dim}>
        <TimeAgo at={entry.at} />
      </div>
    </li>
  )
}

function Download({ place }: { place: Place }) {
  return (
    <>
      <Button variant="default" component="a" href={auditFile(place, 'csv')} download leftSection={<IconDownload size={17} aria-hidden />}>
        {words.csv}
      </Button>
      <Button variant="default" component="a" href={auditFile(place, 'jsonl')} download leftSection={<IconDownload size={17} aria-hidden />}>
        {words.jsonl}
      </Button>
    </>
  )
}
