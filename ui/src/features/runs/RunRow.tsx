import { Link } from '@tanstack/react-router'
import { failureText, type Run } from '../../api/runs'
import listClasses from '../../components/List.module.css'
import { RunBadge } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'
import { duration } from '../../lib/time'
import classes from './RunsPage.module.css'

/** What a run is called: its workflow, or what is known when that is gone. */
export function runName(run: Run, workflowName: string | undefined): string {
  if (workflowName) return workflowName
  return run.workflow_id ? text.runs.deleted : text.runs.noWorkflow
}

/** One run of the list; the error in a line when it has one. */
export function RunRow({ ws, run, name }: { ws: string; run: Run; name: string | undefined }) {
  const error = failureText(run.error)
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div>
        <RunBadge status={run.status} />
      </div>
      <div className={classes.what}>
        <Link to="/w/$ws/runs/$id" params={{ ws, id: run.id }} className={listClasses.name}>
          {runName(run, name)}
        </Link>
        {run.mode === 'test' && <span className={listClasses.dim}> · {text.runs.test}</span>}
        {error && <div className={`${classes.error} ${listClasses.clip}`}>{error}</div>}
        {!error && run.end_reason && text.runEnd[run.end_reason] && (
          <div className={listClasses.dim}>{text.runEnd[run.end_reason]}</div>
        )}
      </div>
      <div className={`${listClasses.dim} ${listClasses.above}`}>
        <TimeAgo at={run.created_at} />
      </div>
      <div className={listClasses.dim}>{duration(run.started_at, run.finished_at) ?? '–'}</div>
    </li>
  )
}
