import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import type { Client } from '../../api/agency'
import { TimeAgo } from '../../components/TimeAgo'
import { agency as words } from '../../lib/text/en/agency'
import { Bars } from './Bars'
import classes from './Clients.module.css'

/** So many stand on one screen of 1440 by 900: two halves of 25 rows. */
const SCREEN = 50

const plain = (n: number) => n.toLocaleString('en')

/** One dense table, worst first; on wide screens it goes on in a second column. */
export function Board({ clients }: { clients: Client[] }) {
  const screens = Array.from({ length: Math.ceil(clients.length / SCREEN) }, (_, i) => clients.slice(i * SCREEN, (i + 1) * SCREEN))
  return (
    <div role="table" aria-label={words.table} aria-rowcount={clients.length + 1} className={`${classes.board} ${classes.halves}`}>
      <div role="rowgroup" className={classes.heads}>
        <Heads />
        {clients.length > 1 && <Heads again />}
      </div>
      {screens.map((part) => (
        <div key={part[0]?.id} role="rowgroup" className={classes.screen} style={{ '--rows': Math.ceil(part.length / 2) } as CSSProperties}>
          {part.map((client) => (
            <Row key={client.id} client={client} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** The headings; those of the second column say nothing new to a screen reader. */
function Heads({ again = false }: { again?: boolean }) {
  const { columns, hints } = words
  const cells: [string, string?][] = [
    [columns.client],
    [columns.failed, hints.failed],
    [columns.held, hints.held],
    [columns.last],
    [columns.connections, hints.connections],
    [columns.behind, hints.behind],
    [columns.runs, hints.runs],
  ]
  return (
    <div role={again ? undefined : 'row'} aria-hidden={again || undefined} className={`${classes.row} ${classes.head} ${again ? classes.again : ''}`}>
      {cells.map(([label, hint]) => (
        <span key={label} role={again ? undefined : 'columnheader'} title={hint ?? label}>
          {label}
        </span>
      ))}
    </div>
  )
}

function Row({ client: c }: { client: Client }) {
  const limit = c.limits?.['runs_per_month']
  const over = limit !== undefined && c.runs_this_month >= limit
  return (
    <div role="row" className={classes.row} data-failing={c.failed_24h > 0 || undefined}>
      <span role="cell" className={classes.clip}>
        <Link to="/w/$ws/attention" params={{ ws: c.slug }} className={classes.name} title={c.name}>
          {c.name}
        </Link>
      </span>
      <span role="cell" className={classes.failed}>
        <b className={c.failed_24h > 0 ? classes.bad : classes.quiet}>{plain(c.failed_24h)}</b>
        <Bars values={c.failures ?? []} label={words.failures(c.failed_24h)} />
      </span>
      <span role="cell" className={c.held > 0 ? classes.warn : classes.quiet}>
        {plain(c.held)}
      </span>
      <span role="cell" className={`${classes.clip} ${classes.when}`}>
        <LastEvent client={c} />
      </span>
      <span role="cell" className={classes.clip}>
        <Connections client={c} />
      </span>
      <span role="cell" className={c.clones_behind > 0 ? classes.warn : classes.quiet}>
        {plain(c.clones_behind)}
      </span>
      <span role="cell" className={`${classes.clip} ${over ? classes.warn : ''}`}>
        {limit === undefined ? plain(c.runs_this_month) : words.of(plain(c.runs_this_month), plain(limit))}
      </span>
    </div>
  )
}

/** When something came last; before that, where a template is set up and has received nothing yet. */
function LastEvent({ client: c }: { client: Client }) {
  if (c.silent_workflows > 0) {
    return (
      <span className={classes.warn} title={words.silent(c.silent_workflows)}>
        {words.silentShort(c.silent_workflows)}
      </span>
    )
  }
  return c.last_event_at ? <TimeAgo at={c.last_event_at} /> : <span className={classes.quiet}>{words.never}</span>
}

function Connections({ client: c }: { client: Client }) {
  if (c.broken_connections > 0) return <span className={classes.bad}>{words.brokenShort(c.broken_connections)}</span>
  if (c.waiting_connections > 0) return <span className={classes.warn}>{words.waitingShort(c.waiting_connections)}</span>
  return <span className={classes.quiet}>{words.ok}</span>
}
