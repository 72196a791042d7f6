import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { chartQuery, failuresQuery, slotTotal } from '../../api/health'
import type { Workflow } from '../../api/workflows'
import { home as words } from '../../lib/text/en/home'
import classes from './Home.module.css'

/** How it runs, in four numbers. */
export function Figures({ ws, workflows }: { ws: string; workflows: Workflow[] }) {
  const { data: day } = useQuery(chartQuery(ws, 'hour'))
  const { data: failures } = useQuery(failuresQuery(ws))
  const need = failures?.items.reduce((sum, group) => sum + group.count, 0)
  const live = workflows.filter((w) => w.status === 'live').length
  const failed = day?.total.failed
  return (
    <dl className={classes.figures}>
      <Figure label={words.liveNow} value={live}>
        {(n) => <Link to="/w/$ws/workflows" params={{ ws }} search={{ status: 'live' }}>{n}</Link>}
      </Figure>
      <Figure label={words.runs24} value={day && slotTotal(day.total)}>
        {(n) => <Link to="/w/$ws/runs" params={{ ws }}>{n}</Link>}
      </Figure>
      <Figure label={words.failed24} value={failed} bad={Boolean(failed)}>
        {(n) => <Link to="/w/$ws/runs" params={{ ws }} search={{ status: 'failed' }}>{n}</Link>}
      </Figure>
      <Figure label={words.needs} value={need} bad={Boolean(need)}>
        {(n) => <Link to="/w/$ws/attention" params={{ ws }}>{n}</Link>}
      </Figure>
    </dl>
  )
}

function Figure({ label, value, bad = false, children }: { label: string; value: number | undefined; bad?: boolean; children: (shown: string) => ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd className={bad ? classes.bad : undefined}>{children(value === undefined ? '–' : value.toLocaleString('en'))}</dd>
    </div>
  )
}
