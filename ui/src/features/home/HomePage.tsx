import { Anchor, Skeleton, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconMoodCheck } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { chartQuery, failuresQuery, slotTotal } from '../../api/health'
import { meQuery } from '../../api/session'
import { workflowsQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { FailureCards } from '../../components/FailureCards'
import { Page } from '../../components/Page'
import { useMay } from '../../components/useMay'
import { TemplateCards } from '../templates'
import tones from '../../components/Tone.module.css'
import { attention, home as words } from '../../lib/text/en/home'
import { Figures } from './Figures'
import { FirstSteps } from './FirstSteps'
import classes from './Home.module.css'

// Only agencies have updates under way.
const Waiting = lazy(() => import('../rollout/Waiting').then((m) => ({ default: m.Waiting })))
const Reconnect = lazy(() => import('../../components/Reconnect').then((m) => ({ default: m.Reconnect })))
const RunsChart = lazy(() => import('../../components/RunsChart').then((m) => ({ default: m.RunsChart })))

/** Causes that the first page shows; the others have a page of their own. */
const SHOWN = 3
const DAYS = 14

/** The first page: what could happen, how it runs, what needs a person. */
export function HomePage() {
  const { ws } = useParams({ from: '/w/$ws/' })
  const { data: me } = useQuery(meQuery)
  const workflows = useInfiniteQuery(workflowsQuery(ws))
  const all = (workflows.data?.pages ?? []).flatMap((page) => page.items ?? [])
  const mayBuild = useMay(ws).may('workflows:write')
  const begun = all.some((w) => w.live_version)
  const name = (me?.user?.name ?? '').split(' ')[0]
  return (
    <Page title={name ? words.hello(name) : words.title}>
      <ErrorNote error={workflows.error} onRetry={() => void workflows.refetch()} />
      <Suspense>
        <Waiting ws={ws} />
      </Suspense>
      <Suspense>
        <Reconnect ws={ws} />
      </Suspense>
      {workflows.isPending ? (
        <Skeleton height={320} radius="lg" />
      ) : begun ? (
        <>
          <Figures ws={ws} workflows={all} />
          <div className={classes.columns}>
            <div>
              <Attention ws={ws} />
              <Chart ws={ws} />
            </div>
            <div>
              {mayBuild && <FirstSteps ws={ws} workflows={all} />}
            </div>
          </div>
        </>
      ) : (
        mayBuild && <FirstSteps ws={ws} workflows={all} />
      )}
      {mayBuild && <section className={classes.section} aria-labelledby="templates-title">
        <Title order={2} id="templates-title">
          {words.templates}
        </Title>
        <Text c="dimmed" size="sm" mb="md">
          {words.templatesHelp}
        </Text>
        <TemplateCards ws={ws} />
      </section>}
    </Page>
  )
}

function Attention({ ws }: { ws: string }) {
  const { data, error, isPending, refetch } = useQuery(failuresQuery(ws))
  const groups = data?.items ?? []
  return (
    <section aria-labelledby="attention-title">
      <div className={classes.cardHead}>
        <Title order={2} id="attention-title">
          {words.attention}
        </Title>
        {groups.length > SHOWN && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/w/$ws/attention" params={{ ws }} {...props} />}>
            {words.seeAll}
          </Anchor>
        )}
      </div>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={110} radius="lg" />}
      {data && groups.length === 0 && (
        <div className={`${classes.card} ${classes.good}`}>
          <span className={`${classes.goodSign} ${tones.good}`} aria-hidden>
            <IconMoodCheck size={22} />
          </span>
          <div>
            <Text fw={600}>{words.allGood}</Text>
            <Text size="sm" c="dimmed">
              {words.allGoodHelp}
            </Text>
          </div>
        </div>
      )}
      {groups.length > 0 && (
        <div aria-label={attention.title}>
          <FailureCards ws={ws} groups={groups.slice(0, SHOWN)} />
        </div>
      )}
    </section>
  )
}

function Chart({ ws }: { ws: string }) {
  const from = useMemo(() => {
    const start = new Date()
    start.setDate(start.getDate() - DAYS + 1)
    start.setHours(0, 0, 0, 0)
    return start.toISOString()
  }, [])
  const { data, error, refetch } = useQuery(chartQuery(ws, 'day', from))
  return (
    <section className={classes.card} aria-labelledby="chart-title">
      <div className={classes.cardHead}>
        <Title order={2} id="chart-title">
          {words.chart}
        </Title>
        <Text size="sm" c="dimmed">
          {words.chartHelp}
        </Text>
      </div>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton height={190} />}
      {data && slotTotal(data.total) === 0 && <Text c="dimmed">{words.noRuns}</Text>}
      {data && slotTotal(data.total) > 0 && (
        <Suspense fallback={<Skeleton height={190} />}>
          <RunsChart spans={data.slots} />
        </Suspense>
      )}
    </section>
  )
}
