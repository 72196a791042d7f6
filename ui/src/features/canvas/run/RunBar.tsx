import { ActionIcon, Anchor, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { RunBadge } from '../../../components/StatusBadge'
import { TimeAgo } from '../../../components/TimeAgo'
import { failureText } from '../../../api/runs'
import { canvas as words } from '../../../lib/text/en/canvas'
import { duration } from '../../../lib/time'
import { text } from '../../../lib/text'
import { useDesk } from '../desk'
import { useEditor } from '../store'
import classes from './RunBar.module.css'
import type { Overlay } from './useOverlay'

/** Which run lies over the cards, how it stands, and the way out. */
export function RunBar({ overlay, runId }: { overlay: Overlay; runId: string }) {
  const { ws, id } = useDesk()
  const run = useEditor((s) => s.run)
  const problem = overlay.error instanceof Error ? overlay.error.message : failureText(run?.error)
  const took = duration(run?.started_at ?? run?.created_at, run?.finished_at)
  return (
    <div className={classes.bar} role="status">
      {run && <RunBadge status={run.status} />}
      {run && run.mode !== 'live' && <span className={classes.test}>{text.runs.test}</span>}
      <span className={classes.when}>
        {run && <TimeAgo at={run.created_at} />}
        {took && ` · ${took}`}
        {run?.version ? ` · ${text.workflow.version(run.version)}` : ''}
      </span>
      {problem && (
        <span className={classes.problem} title={problem}>
          {problem}
        </span>
      )}
      <Anchor size="sm" renderRoot={(props: object) => <Link to="/w/$ws/runs/$id" params={{ ws, id: runId }} {...props} />}>
        {words.run.open}
      </Anchor>
      <Tooltip label={words.run.close}>
        <ActionIcon aria-label={words.run.close} renderRoot={(props: object) => <Link to="/w/$ws/workflows/$id" params={{ ws, id }} search={{}} {...props} />}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
