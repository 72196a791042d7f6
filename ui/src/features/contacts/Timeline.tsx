import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { timelineQuery, type TimelineEntry } from '../../api/contacts'
import { offersQuery } from '../../api/offers'
import { failureText, runsQuery, type Run, type RunStatus } from '../../api/runs'
import { ErrorNote } from '../../components/ErrorNote'
import { toneOf } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import tones from '../../components/Tone.module.css'
import { useWorkflowNames } from '../../components/useWorkflowNames'
import { text } from '../../lib/text'
import { common } from '../../lib/text/en/common'
import { contacts } from '../../lib/text/en/contacts'
import classes from './Contacts.module.css'
import { signOf } from './timelineSign'
import { saleLinkOf, subjectOf } from './timelineText'

const words = contacts.timeline

/** What happened to a contact over all workflows, newest first, also what did not. */
export function Timeline({ ws, id }: { ws: string; id: string }) {
  const list = useInfiniteQuery(timelineQuery(ws, id))
  const runs = useInfiniteQuery(runsQuery(ws, { contact_id: id }, 100))
  const offers = useInfiniteQuery(offersQuery(ws))
  const { names } = useWorkflowNames(ws)
  const byId = useMemo(() => new Map((runs.data?.pages ?? []).flatMap((p) => p.items ?? []).map((r) => [r.id, r])), [runs.data])
  const titles = useMemo(() => new Map((offers.data?.pages ?? []).flatMap((p) => p.items ?? []).map((o) => [o.id, o.title])), [offers.data])
  const entries = (list.data?.pages ?? []).flatMap((page) => page.items ?? [])
  return (
    <section className={classes.card} aria-labelledby="timeline-title">
      <Title order={2} id="timeline-title">
        {words.title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {words.help}
      </Text>
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Skeleton height={160} />}
      {list.data && entries.length === 0 && <Text c="dimmed">{words.empty}</Text>}
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind}${entry.id}`} ws={ws} entry={entry} run={entry.kind === 'run' ? byId.get(entry.id) : undefined} names={names} titles={titles} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {common.more}
        </Button>
      )}
    </section>
  )
}

interface EntryProps {
  ws: string
  entry: TimelineEntry
  run: Run | undefined
  names: Map<string, string>
  titles: Map<string, string>
}

function Entry({ ws, entry, run, names, titles }: EntryProps) {
  const [Sign, tone] = entry.kind === 'run' ? [signOf(entry), toneOf(entry.type)] : [signOf(entry), 'teal' as const]
  return (
    <li>
      <span className={`${classes.sign} ${tones[tone]}`} aria-hidden>
        <Sign size={18} stroke={1.9} />
      </span>
      <div className={classes.what}>
        {entry.kind === 'run' ? <RunLine ws={ws} entry={entry} run={run} names={names} /> : <EventLine ws={ws} entry={entry} titles={titles} />}
      </div>
      <span className={classes.when}>
        <TimeAgo at={entry.at} />
      </span>
    </li>
  )
}

function RunLine({ ws, entry, run, names }: Omit<EntryProps, 'titles'>) {
  const status = (run?.status ?? entry.type) as RunStatus
  const error = failureText(run?.error)
  const ended = run?.end_reason && text.runEnd[run.end_reason]
  return (
    <>
      <Anchor inherit fw={550} renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: entry.id }} {...props} />}>
        {names.get(entry.workflow_id ?? '') ?? words.workflow}
      </Anchor>{' '}
      {words.runs[status] ?? status}
      {error && <div className={classes.why}>{error}</div>}
      {ended && <div className={classes.dim}>{ended}</div>}
    </>
  )
}

function EventLine({ ws, entry, titles }: { ws: string; entry: TimelineEntry; titles: Map<string, string> }) {
  const subject = subjectOf(entry, titles)
  const sale = saleLinkOf(entry)
  return (
    <>
      <span>{words.events[entry.type] ?? entry.type}</span>
      {subject && (
        <>
          {': '}
          <Text component="span" fw={550}>
            {subject}
          </Text>
        </>
      )}
      <div className={classes.dim}>
        {entry.run_id ? (
          <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: entry.run_id! }} {...props} />}>
            {words.openRun}
          </Anchor>
        ) : (
          words.by
        )}
        {sale && (
          <>
            {' · '}
            <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/sales" params={{ ws }} search={sale} {...props} />}>
              {words.openSale}
            </Anchor>
          </>
        )}
      </div>
    </>
  )
}
