import { Button, Select, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconFilterOff, IconHistory } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { runsQuery, type RunFilter } from '../../api/runs'
import { workflowsQuery } from '../../api/workflows'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { text } from '../../lib/text'
import { RunRow } from './RunRow'
import classes from './RunsPage.module.css'

const STATUSES = Object.entries(text.runStatus).map(([value, label]) => ({ value, label }))

/** Every run of the workspace, newest first, growing by itself. */
export function RunsPage() {
  const { ws } = useParams({ from: '/w/$ws/runs' })
  const filter = useSearch({ from: '/w/$ws/runs' })
  const list = useInfiniteQuery(runsQuery(ws, filter))
  const names = useWorkflowNames(ws)
  const filtered = Boolean(filter.status || filter.workflow_id)
  const some = (list.data?.pages[0]?.items?.length ?? 0) > 0
  return (
    <Page title={text.runs.title} help={text.runs.help}>
      {(some || filtered) && <Filters ws={ws} filter={filter} names={names} />}
      {some && (
        <div className={classes.head} aria-hidden>
          <span>{text.runs.status}</span>
          <span>{text.runs.workflow}</span>
          <span>{text.runs.started}</span>
          <span>{text.runs.took}</span>
        </div>
      )}
      <ListFrame
        list={list}
        label={text.runs.title}
        empty={filtered ? <NoneMatch ws={ws} /> : <NoRuns ws={ws} />}
        row={(run) => (
          <RunRow key={run.id} ws={ws} run={run} name={run.workflow_id ? names.get(run.workflow_id) : undefined} />
        )}
      />
    </Page>
  )
}

/** Names of the workflows that are known so far, by id. */
function useWorkflowNames(ws: string): Map<string, string> {
  const { data } = useInfiniteQuery(workflowsQuery(ws))
  return new Map((data?.pages ?? []).flatMap((page) => page.items ?? []).map((w) => [w.id, w.name]))
}

function Filters({ ws, filter, names }: { ws: string; filter: RunFilter; names: Map<string, string> }) {
  const navigate = useNavigate()
  const choose = (part: RunFilter) =>
    void navigate({ to: '/w/$ws/runs', params: { ws }, search: { ...filter, ...part }, replace: true })
  return (
    <div className={listClasses.tools}>
      <Select
        w={200}
        aria-label={text.runs.status}
        placeholder={text.runs.anyStatus}
        data={STATUSES}
        value={filter.status ?? null}
        onChange={(status) => choose({ status: status ?? undefined })}
        clearable
      />
      <Select
        w={280}
        aria-label={text.runs.workflow}
        placeholder={text.runs.anyWorkflow}
        data={Array.from(names, ([value, label]) => ({ value, label }))}
        value={filter.workflow_id ?? null}
        onChange={(id) => choose({ workflow_id: id ?? undefined })}
        clearable
        searchable
      />
    </div>
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

function NoneMatch({ ws }: { ws: string }) {
  return (
    <Empty
      icon={IconFilterOff}
      title={text.runs.none}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{}} {...props} />}>
          {text.runs.clear}
        </Button>
      }
    >
      <Text c="dimmed">{text.runs.noneHelp}</Text>
    </Empty>
  )
}
