import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { failureText, type Run } from '../../api/runs'
import listClasses from '../../components/List.module.css'
import { RunBadge } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'
import { runs as words } from '../../lib/text/en/runs'
import { duration, instant } from '../../lib/time'
import classes from './RunsPage.module.css'

/** What a run is called: its workflow, or what is known when that is gone. */
export function runName(run: Run, workflowName: string | undefined): string {
  if (workflowName) return workflowName
  return run.workflow_id ? text.runs.deleted : text.runs.noWorkflow
}

interface Props {
  ws: string
  run: Run
  name: string | undefined
  chosen: boolean
  onChoose: (id: string) => void
}

/** One run of the list; the error in a line when it has one. */
export const RunRow = memo(function RunRow({ ws, run, name, chosen, onChoose }: Props) {
  const error = failureText(run.error)
  const title = runName(run, name)
  return (
    <div className={`${listClasses.row} ${classes.row}`}>
      <Checkbox
        className={`${listClasses.above} ${classes.check}`}
        aria-label={words.choose(`${title}, ${text.runStatus[run.status] ?? run.status}`)}
        checked={chosen}
        onChange={() => onChoose(run.id)}
      />
      <div>
        <RunBadge status={run.status} />
      </div>
      <div className={classes.what}>
        <div className={listClasses.clip}>
          <Link to="/w/$ws/runs/$id" params={{ ws, id: run.id }} className={listClasses.name}>
            {title}
          </Link>
          {run.mode !== 'live' && <span className={listClasses.dim}> · {words.whats[run.mode] ?? text.runs.test}</span>}
        </div>
        <Second run={run} error={error} />
      </div>
      <div className={`${listClasses.dim} ${listClasses.above} ${classes.when}`}>
        <TimeAgo at={run.created_at} />
      </div>
      <div className={`${listClasses.dim} ${classes.took}`}>{duration(run.started_at, run.finished_at) ?? '–'}</div>
    </div>
  )
})

function Second({ run, error }: { run: Run; error: string | undefined }) {
  if (error) return <div className={`${classes.error} ${listClasses.clip}`}>{error}</div>
  if (run.status === 'waiting' && instant(run.due_at)) {
    return (
      <div className={`${listClasses.dim} ${listClasses.clip}`}>
        {words.due} <TimeAgo at={run.due_at} />
      </div>
    )
  }
  const end = run.end_reason && text.runEnd[run.end_reason]
  return end ? <div className={`${listClasses.dim} ${listClasses.clip}`}>{end}</div> : null
}
