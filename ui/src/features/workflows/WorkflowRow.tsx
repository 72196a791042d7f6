import { Link } from '@tanstack/react-router'
import { useNodeType } from '../../api/nodeTypes'
import type { TriggerAddress, Workflow } from '../../api/workflows'
import { CopyButton } from '../../components/CopyButton'
import listClasses from '../../components/List.module.css'
import { WorkflowBadge } from '../../components/StatusBadge'
import { StepIcon } from '../../components/StepIcon'
import { text } from '../../lib/text'
import { RunDots } from './RunDots'
import classes from './WorkflowsPage.module.css'

interface Props {
  ws: string
  workflow: Workflow
}

/** One workflow of the list: what starts it, how it stands, how it went lately. */
export function WorkflowRow({ ws, workflow }: Props) {
  const triggers = workflow.triggers ?? []
  const first = triggers[0]
  const url = triggers.find((t) => t.url)?.url
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <StepIcon type={first?.type ?? ''} />
      <div className={classes.what}>
        <Link to="/w/$ws/workflows/$id" params={{ ws, id: workflow.id }} className={listClasses.name}>
          {workflow.name}
        </Link>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          <Starts triggers={triggers} />
        </div>
      </div>
      <div className={classes.status}>
        <WorkflowBadge workflow={workflow} />
        {workflow.status === 'live' && workflow.held_count > 0 && (
          <div className={listClasses.dim}>{text.workflows.held(workflow.held_count)}</div>
        )}
      </div>
      <RunDots runs={workflow.last_runs ?? []} />
      <div className={`${listClasses.above} ${classes.copy}`}>
        {url && <CopyButton value={url} label={`${text.workflows.copyUrl}: ${workflow.name}`} />}
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
