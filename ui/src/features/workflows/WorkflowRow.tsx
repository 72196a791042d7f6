import { ActionIcon, Anchor, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconDots, IconFolder } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Activity } from '../../api/health'
import { useNodeType } from '../../api/nodeTypes'
import { deleteForever, restoreWorkflow, type TriggerAddress, type Workflow } from '../../api/workflows'
import { useAnnounce } from '../../components/Announcer'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { lazyMenu } from '../../components/lazyMenu'
import listClasses from '../../components/List.module.css'
import { WorkflowBadge } from '../../components/StatusBadge'
import { StepIcon } from '../../components/StepIcon'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'
import { folders } from '../../lib/text/en/folders'
import { workflows as words } from '../../lib/text/en/workflows'
import { Week } from './Week'
import classes from './WorkflowsPage.module.css'

const WorkflowMenu = lazyMenu<Props>(
  () => import('./WorkflowMenu').then((m) => m.WorkflowMenu),
  ({ workflow }, press, prepare) => (
    <ActionIcon size="lg" aria-label={words.menu(workflow.name)} aria-haspopup="menu" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <IconDots size={18} aria-hidden />
    </ActionIcon>
  ),
)

const ConfirmDialog = lazy(() => import('../../components/ConfirmDialog').then((m) => ({ default: m.ConfirmDialog })))

interface Props {
  ws: string
  workflow: Workflow
  /** What it did lately; undefined when it did nothing, or while that is being asked. */
  activity?: Activity
  /** Whether the answer is there. */
  known?: boolean
}

/** One workflow of the list: what starts it, how it stands, how it went lately. */
export function WorkflowRow({ ws, workflow, activity, known = false }: Props) {
  const error = activity?.last_error?.message
  const triggers = workflow.triggers ?? []
  const url = triggers.find((t) => t.url)?.url
  if (workflow.deleted_at) return <Deleted ws={ws} workflow={workflow} />
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <StepIcon type={triggers[0]?.type ?? ''} />
      <div className={classes.what}>
        <Link to="/w/$ws/workflows/$id" params={{ ws, id: workflow.id }} className={listClasses.name}>
          {workflow.name}
        </Link>
        {workflow.folder && (
          <span className={classes.folder} role="img" aria-label={folders.inFolder(workflow.folder)}>
            <IconFolder size={14} aria-hidden />
            {workflow.folder}
          </span>
        )}
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          {error ? (
            <span className={classes.error} title={error}>
              {words.lastError} {error}
            </span>
          ) : (
            <>
              <Starts triggers={triggers} />
              {workflow.silent && ` · ${words.noEvent}`}
            </>
          )}
        </div>
      </div>
      <div className={classes.status}>
        <WorkflowBadge workflow={workflow} />
        {workflow.held_count > 0 && (
          <div className={`${listClasses.dim} ${listClasses.above}`}>
            <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/requests" params={{ ws }} search={{ workflow_id: workflow.id, verdict: 'held' }} {...props} />}>
              {workflow.status === 'live' ? text.workflows.held(workflow.held_count) : words.showHeld}
            </Anchor>
          </div>
        )}
      </div>
      <Week activity={activity} known={known} />
      <div className={`${listClasses.above} ${classes.copy}`}>
        {url && <CopyButton value={url} label={`${text.workflows.copyUrl}: ${workflow.name}`} />}
        <WorkflowMenu ws={ws} workflow={workflow} />
      </div>
    </li>
  )
}

function Starts({ triggers }: { triggers: TriggerAddress[] }) {
  const nodeType = useNodeType()
  const first = triggers[0]
  if (!first) return <>{text.workflows.noTrigger}</>
  const others = triggers.length - 1
  return (
    <>
      {nodeType(first.type).name}
      {others > 0 && `, ${text.workflows.moreTriggers(others)}`}
    </>
  )
}

function Deleted({ ws, workflow }: Props) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const restore = useMutation({
    mutationFn: () => restoreWorkflow(ws, workflow.id),
    onSuccess: () => {
      announce(words.restored)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
    },
  })
  const [ending, setEnding] = useState(false)
  const end = useMutation({
    mutationFn: () => deleteForever(ws, workflow.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] }),
  })
  return (
    <li className={`${listClasses.row} ${classes.deleted}`}>
      <div className={classes.what}>
        <div className={classes.name}>{workflow.name}</div>
        <div className={listClasses.dim}>
          {words.inTrash} <TimeAgo at={workflow.deleted_at} />
        </div>
        <ErrorNote error={restore.error} />
      </div>
      <div className={classes.copy}>
        <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
          {words.restore}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => setEnding(true)}>
          {words.forever}
        </Button>
      </div>
      <Suspense>
        {ending && (
          <ConfirmDialog
            title={words.foreverTitle(workflow.name)}
            confirm={words.forever}
            pending={end.isPending}
            error={end.error}
            onConfirm={() => end.mutate()}
            onClose={() => setEnding(false)}
          >
            {words.foreverHelp}
          </ConfirmDialog>
        )}
      </Suspense>
    </li>
  )
}
