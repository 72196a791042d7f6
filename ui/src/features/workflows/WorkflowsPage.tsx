import { Button, SegmentedControl, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconFilterOff, IconPlus, IconRoute, IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { activityQuery } from '../../api/health'
import { foldersQuery, workflowsQuery, type WorkflowFilter } from '../../api/workflows'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { useMay } from '../../components/useMay'
import { text } from '../../lib/text'
import { common } from '../../lib/text/en/common'
import { workflows as words } from '../../lib/text/en/workflows'
import { TemplateCards } from '../templates'
import { WorkflowRow } from './WorkflowRow'
import classes from './WorkflowsPage.module.css'

const FolderFilter = lazy(() => import('./FolderFilter').then((m) => ({ default: m.FolderFilter })))
const NewDialog = lazy(() => import('./NewDialog').then((m) => ({ default: m.NewDialog })))

const STATES = Object.entries(words.states).map(([value, label]) => ({ value, label }))

/** Every workflow with how it stands and how it went lately. */
export function WorkflowsPage() {
  const { ws } = useParams({ from: '/w/$ws/workflows' })
  const filter = useSearch({ from: '/w/$ws/workflows' })
  const navigate = useNavigate()
  const list = useInfiniteQuery(workflowsQuery(ws, filter))
  const { data: activity } = useQuery(activityQuery(ws))
  const [creating, setCreating] = useState(false)
  const { may, unless } = useMay(ws)
  const choose = (part: WorkflowFilter) =>
    void navigate({ to: '/w/$ws/workflows', params: { ws }, search: { ...filter, ...part }, replace: true })
  const some = (list.data?.pages[0]?.items?.length ?? 0) > 0
  const { data: folders = [] } = useQuery(foldersQuery(ws))
  const filtered = Boolean(filter.q || filter.status || filter.folder)
  const virgin = list.data !== undefined && !some && !filtered
  return (
    <Page
      title={text.workflows.title}
      help={text.workflows.help}
      actions={
        !virgin && (
          <Button {...unless('workflows:write')} leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>
            {words.create}
          </Button>
        )
      }
    >
      {(some || filtered) && (
        <div className={listClasses.tools}>
          <SearchBox label={words.search} value={filter.q ?? ''} onChange={(q) => choose({ q: q || undefined })} />
          {(folders.length > 0 || filter.folder) && (
            <Suspense>
              <FolderFilter folders={folders} value={filter.folder} onChange={(folder) => choose({ folder })} />
            </Suspense>
          )}
          <div className={listClasses.scrollX}>
            <SegmentedControl
              aria-label={words.show}
              data={STATES}
              value={filter.status ?? 'all'}
              onChange={(value) => choose({ status: value === 'all' ? undefined : value })}
            />
          </div>
        </div>
      )}
      {some && (
        <div className={classes.head} aria-hidden>
          <span />
          <span>{text.workflows.name}</span>
          <span>{text.runs.status}</span>
          <span>{words.head.week}</span>
        </div>
      )}
      <ListFrame
        list={list}
        label={text.workflows.title}
        empty={filtered ? <None trash={filter.status === 'deleted' && !filter.q} onClear={() => choose({ q: undefined, status: undefined, folder: undefined })} /> : <First ws={ws} mayBuild={may('workflows:write')} />}
        row={(w) => <WorkflowRow key={w.id} ws={ws} workflow={w} activity={activity?.get(w.id)} known={activity !== undefined} />}
      />
      <Suspense>{creating && <NewDialog ws={ws} onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}

function First({ ws, mayBuild }: { ws: string; mayBuild: boolean }) {
  return (
    <>
      <Empty icon={IconRoute} title={words.emptyTitle}>
        <Text c="dimmed">{words.emptyHelp}</Text>
      </Empty>
      {mayBuild && <TemplateCards ws={ws} />}
    </>
  )
}

function None({ trash, onClear }: { trash: boolean; onClear: () => void }) {
  return (
    <Empty
      icon={trash ? IconTrash : IconFilterOff}
      title={trash ? words.emptyTrash : words.none}
      action={
        <Button variant="default" onClick={onClear}>
          {common.clear}
        </Button>
      }
    >
      <Text c="dimmed">{trash ? words.emptyTrashHelp : words.noneHelp}</Text>
    </Empty>
  )
}
