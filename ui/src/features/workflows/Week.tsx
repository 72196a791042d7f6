import { slotTotal, type Activity } from '../../api/health'
import { Sparkline } from '../../components/Sparkline'
import { workflows as words } from '../../lib/text/en/workflows'
import classes from './WorkflowsPage.module.css'

/** How a workflow did in the last seven days; nothing while that is being asked. */
export function Week({ activity, known }: { activity: Activity | undefined; known: boolean }) {
  if (!known) return <div className={classes.dots} />
  const total = (activity?.days ?? []).reduce((sum, day) => sum + slotTotal(day), 0)
  if (!activity || total === 0) return <div className={classes.dots}>{words.noneWeek}</div>
  const failed = activity.days.reduce((sum, day) => sum + day.failed, 0)
  return (
    <div className={classes.dots}>
      <Sparkline days={activity.days} label={words.week(total, failed)} />
    </div>
  )
}
