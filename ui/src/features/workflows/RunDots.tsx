import { VisuallyHidden } from '@mantine/core'
import { isStuck } from '../../api/runs'
import type { LastRun } from '../../api/workflows'
import { toneOf } from '../../components/StatusBadge'
import tones from '../../components/Tone.module.css'
import { text } from '../../lib/text'
import { exactTime, instant } from '../../lib/time'
import dots from './RunDots.module.css'
import classes from './WorkflowsPage.module.css'

const SHOWN = 8

/** The last runs as a row of bars, oldest first, with a sentence for who does not see them. */
export function RunDots({ runs }: { runs: LastRun[] }) {
  if (runs.length === 0) return <div className={classes.dots}>{text.workflows.noRuns}</div>
  const shown = runs.slice(0, SHOWN).reverse()
  const done = shown.filter((run) => run.status === 'succeeded').length
  const failed = shown.filter((run) => isStuck(run.status)).length
  return (
    <div className={classes.dots}>
      <VisuallyHidden>
        {`${text.workflows.recent}: ${text.workflows.dots(done, failed, shown.length - done - failed)}`}
      </VisuallyHidden>
      {shown.map((run) => (
        <span key={run.id} aria-hidden title={title(run)} className={`${tones.dot} ${dots[toneOf(run.status)]}`} />
      ))}
    </div>
  )
}

function title(run: LastRun): string {
  const at = instant(run.created_at)
  return [text.runStatus[run.status] ?? run.status, at && exactTime(at)].filter(Boolean).join(', ')
}
