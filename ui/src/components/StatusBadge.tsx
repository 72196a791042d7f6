import {
  IconAlertTriangle,
  IconArrowBadgeRight,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconHandStop,
  IconLoader2,
  IconPlayerPause,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import type { RunStatus, StepStatus } from '../api/runs'
import type { Workflow } from '../api/workflows'
import { text } from '../lib/text'
import classes from './Tone.module.css'

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'calm' | 'violet' | 'pink' | 'teal'

interface Look {
  tone: Tone
  icon: Icon
}

const LOOKS: Record<RunStatus | StepStatus, Look> = {
  pending: { tone: 'calm', icon: IconCircleDashed },
  queued: { tone: 'calm', icon: IconClock },
  running: { tone: 'busy', icon: IconLoader2 },
  waiting: { tone: 'violet', icon: IconClock },
  held: { tone: 'warn', icon: IconPlayerPause },
  succeeded: { tone: 'good', icon: IconCheck },
  failed: { tone: 'bad', icon: IconX },
  canceled: { tone: 'calm', icon: IconHandStop },
  parked: { tone: 'warn', icon: IconAlertTriangle },
  unknown: { tone: 'warn', icon: IconAlertTriangle },
  skipped: { tone: 'calm', icon: IconArrowBadgeRight },
}

const look = (status: string): Look => LOOKS[status as RunStatus] ?? LOOKS.pending

/** The colour that stands for a status; the word always stands beside it. */
export const toneOf = (status: string): Tone => look(status).tone

function Badge({ tone, icon: Icon, children, spin }: Look & { children: string; spin?: boolean }) {
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      <Icon size={15} stroke={2.2} aria-hidden className={spin ? classes.spin : undefined} />
      {children}
    </span>
  )
}

export function RunBadge({ status }: { status: RunStatus }) {
  return (
    <Badge {...look(status)} spin={status === 'running'}>
      {text.runStatus[status] ?? status}
    </Badge>
  )
}

export function StepBadge({ status }: { status: StepStatus }) {
  return (
    <Badge {...look(status)} spin={status === 'running'}>
      {text.stepStatus[status] ?? status}
    </Badge>
  )
}

/** A workflow's status as a sentence: "Live: v7, your draft has changes". */
export function statusWords(w: Pick<Workflow, 'status' | 'live_version' | 'has_changes' | 'held_count'>): string {
  if (w.status === 'paused') return w.held_count > 0 ? text.status.pausedHeld(w.held_count) : text.status.paused
  if (w.status === 'deleted') return text.status.deleted
  if (w.status === 'live') {
    const version = w.live_version ?? 0
    return w.has_changes ? text.status.liveChanged(version) : text.status.live(version)
  }
  return w.held_count > 0 ? text.status.draftHeld(w.held_count) : text.status.draft
}

const WORKFLOW_LOOKS: Record<Workflow['status'], Look> = {
  live: { tone: 'good', icon: IconCheck },
  paused: { tone: 'warn', icon: IconPlayerPause },
  draft: { tone: 'calm', icon: IconCircleDashed },
  deleted: { tone: 'calm', icon: IconCircleDashed },
}

export function WorkflowBadge({ workflow }: { workflow: Workflow }) {
  return <Badge {...WORKFLOW_LOOKS[workflow.status]}>{statusWords(workflow)}</Badge>
}
