import { IconAlertTriangle, IconArrowBadgeRight, IconBolt, IconCheck, IconClock, IconHandStop, IconLoader2, IconX, type Icon } from '@tabler/icons-react'
import type { StepStatus } from '../../../api/runs'
import { text } from '../../../lib/text'
import { canvas as words } from '../../../lib/text/en/canvas'
import { duration } from '../../../lib/time'
import type { StepTrace } from '../run/trace'
import classes from './Card.module.css'

const ICONS: Record<StepStatus, Icon> = {
  pending: IconClock,
  running: IconLoader2,
  waiting: IconClock,
  succeeded: IconCheck,
  skipped: IconArrowBadgeRight,
  failed: IconX,
  canceled: IconHandStop,
  unknown: IconAlertTriangle,
}

/** How a step went in the run that is shown; without a trace: the trigger that started it. */
export function RunSign({ trace }: { trace: StepTrace | undefined }) {
  const Sign = trace ? (ICONS[trace.status] ?? IconClock) : IconBolt
  const label = trace ? (text.stepStatus[trace.status] ?? trace.status) : words.card.fired
  const first = trace?.results[0]
  const times = trace?.results.length ?? 0
  const took = times === 1 ? duration(first?.started_at, first?.finished_at) : undefined
  const below = times > 1 ? words.card.times(times) : took
  return (
    <span className={classes.sign} data-status={trace?.status ?? 'fired'} title={label}>
      <Sign size={20} stroke={2.2} aria-label={label} className={trace?.status === 'running' ? classes.spin : undefined} />
      {below && <span className={classes.took}>{below}</span>}
    </span>
  )
}
