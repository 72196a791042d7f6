import { Button, Checkbox, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { listRuns, runsKey, type BulkAction, type Run, type RunStatus } from '../../api/runs'
import { FeedFrame } from '../../components/FeedFrame'
import listClasses from '../../components/List.module.css'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { useWorkflowNames } from '../../components/useWorkflowNames'
import { text } from '../../lib/text'
import { runs as words } from '../../lib/text/en/runs'
import { useFeed } from '../../lib/useFeed'
import { RunRow } from './RunRow'
import { filterOf, isFiltered } from './runSearch'
import classes from './RunsPage.module.css'
import { SelectionBar } from './SelectionBar'

// The list comes first: what narrows it is loaded behind it.
const RunFilters = lazy(() => import('./RunFilters').then((m) => ({ default: m.RunFilters })))
const BulkDialog = lazy(() => import('../../components/BulkDialog').then((m) => ({ default: m.BulkDialog })))

const patch = (run: Run, status: string): Run => ({ ...run, status: status as RunStatus })

/** Every run of the workspace, newest first, growing by itself. */
export function RunsPage() {
  const { ws } = useParams({ from: '/w/$ws/runs' })
  const search = useSearch({ from: '/w/$ws/runs' })
  const filter = useMemo(() => filterOf(search), [search])
  const { names, ready } = useWorkflowNames(ws)
  const feed = useFeed<Run>({
    queryKey: runsKey(ws, filter),
    load: (cursor, signal) => listRuns(ws, filter, cursor, signal),
    kind: 'run',
    patch,
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [acting, setActing] = useState<BulkAction['action']>()
  const toggle = useCallback((id: string) => {
    setAll(false)
    setChosen((was) => {
      const next = new Set(was)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const none = () => {
    setAll(false)
    setChosen(new Set())
  }
  const shownAll = feed.items.length > 0 && (all || feed.items.every((run) => chosen.has(run.id)))
  const filtered = isFiltered(search)
  return (
    <Page title={text.runs.title} help={text.runs.help}>
      {(feed.items.length > 0 || filtered) && (
        <Suspense fallback={<div className={listClasses.toolsWait} />}>
          <RunFilters ws={ws} search={search} names={names} />
        </Suspense>
      )}
      <FeedFrame
        feed={feed}
        label={text.runs.title}
        heights={[60, 100]}
        empty={filtered ? <NoneMatch title={text.runs.none} help={text.runs.noneHelp} clear={{ to: '/w/$ws/runs', params: { ws } }} /> : <NoRuns ws={ws} />}
        head={
          <div className={classes.head}>
            <Checkbox
              aria-label={words.chooseAll}
              checked={shownAll}
              indeterminate={!shownAll && chosen.size > 0}
              onChange={() => (shownAll ? none() : setChosen(new Set(feed.items.map((run) => run.id))))}
            />
            <span aria-hidden>{text.runs.status}</span>
            <span aria-hidden>{text.runs.workflow}</span>
            <span aria-hidden>{text.runs.started}</span>
            <span aria-hidden>{text.runs.took}</span>
          </div>
        }
        row={(run) => (
          <RunRow
            ws={ws}
            run={run}
            name={run.workflow_id ? (names.get(run.workflow_id) ?? (ready ? undefined : ' ')) : undefined}
            chosen={all || chosen.has(run.id)}
            onChoose={toggle}
          />
        )}
      />
      {(all || chosen.size > 0) && (
        <SelectionBar ws={ws} count={chosen.size} all={all} onAll={() => setAll(true)} onNone={none} onAct={setActing} />
      )}
      {acting && (
        <Suspense>
          <BulkDialog
            ws={ws}
            action={acting}
            ids={all ? undefined : Array.from(chosen)}
            filter={filter}
            onClose={(done) => {
              setActing(undefined)
              if (done) {
                none()
                void feed.renew()
              }
            }}
          />
        </Suspense>
      )}
    </Page>
  )
}

function NoRuns({ ws }: { ws: string }) {
  return (
    <Empty
      icon={IconHistory}
      title={text.runs.emptyTitle}
      action={
        <Button renderRoot={(props) => <Link to="/w/$ws/workflows" params={{ ws }} {...props} />}>
          {text.runs.toWorkflows}
        </Button>
      }
    >
      <Text c="dimmed">{text.runs.emptyHelp}</Text>
    </Empty>
  )
}
