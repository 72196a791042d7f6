import { Anchor, Button } from '@mantine/core'
import { IconAlertTriangle, IconHelp, IconPlayerTrackNext } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { FailureGroup } from '../api/health'
import { useNodeType } from '../api/nodeTypes'
import { attention as words } from '../lib/text/en/home'
import { MayButton } from './MayButton'
import classes from './FailureCards.module.css'
import { TimeAgo } from './TimeAgo'
import tones from './Tone.module.css'

const BulkDialog = lazy(() => import('./BulkDialog').then((m) => ({ default: m.BulkDialog })))

/** Failures by cause: what happened, where, who can mend it, and letting all of its runs go on. */
export function FailureCards({ ws, groups }: { ws: string; groups: FailureGroup[] }) {
  const [resuming, setResuming] = useState<FailureGroup>()
  return (
    <>
      <ul className={classes.list}>
        {groups.map((group) => (
          <Card key={group.id} ws={ws} group={group} onResume={() => setResuming(group)} />
        ))}
      </ul>
      {resuming && (
        <Suspense>
          <BulkDialog ws={ws} action="retry" filter={resuming.filter} about={resuming.count} live={resuming.newer_version} onClose={() => setResuming(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function Card({ ws, group, onResume }: { ws: string; group: FailureGroup; onResume: () => void }) {
  const nodeType = useNodeType()
  const parked = group.status === 'parked'
  const [first, rest] = parked ? ['', ''] : sentences(group.message)
  const step = group.step_name || (group.step_type && nodeType(group.step_type).name) || group.step_id
  const field = (group.field ?? '').split('/').filter(Boolean).join(' › ').replaceAll('_', ' ')
  return (
    <li className={classes.card}>
      <span className={`${classes.sign} ${parked ? tones.warn : tones.bad}`} aria-hidden>
        {parked ? <IconHelp size={21} /> : <IconAlertTriangle size={21} />}
      </span>
      <div>
        <div className={classes.message}>{parked ? words.parked : first}</div>
        {rest && <div className={classes.further}>{rest}</div>}
        <div className={classes.dim}>
          {group.workflow_gone ? (
            group.workflow_name || words.deleted
          ) : (
            <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: group.workflow_id }} {...props} />}>
              {group.workflow_name}
            </Anchor>
          )}
          {step && ` · ${words.inStep(step)}`}
          {' · '}
          <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/runs" params={{ ws }} search={{ status: group.status, failure: group.id }} {...props} />}>
            {words.runs(group.count)}
          </Anchor>
          {' · '}
          {words.latest} <TimeAgo at={group.last_at} />
        </div>
        <div className={classes.who}>{parked ? words.parkedHelp : group.newer_version ? words.who.mended : words.who[whoMends(group)]}</div>
      </div>
      <div className={classes.actions}>
        {!parked && (
          <MayButton ws={ws} needs="runs:write" size="xs" leftSection={<IconPlayerTrackNext size={15} aria-hidden />} onClick={onResume}>
            {words.resume(group.count)}
          </MayButton>
        )}
        <Button size="xs" variant="default" renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: group.run_id }} {...props} />}>
          {parked ? words.decide : words.example}
        </Button>
        {group.in_draft && !parked && (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: group.workflow_id }} search={{ step: group.step_id || undefined }} {...props} />}
          >
            {field ? words.openField(field) : words.open}
          </Button>
        )}
      </div>
    </li>
  )
}

/** The first sentence of a message, and the others. */
function sentences(message: string): [string, string] {
  const end = /[.!?](?=\s+[A-Z“"])/.exec(message)
  return end ? [message.slice(0, end.index + 1), message.slice(end.index + 1).trim()] : [message, '']
}

/** Who can do something about it, by the kind of failure. */
function whoMends(group: FailureGroup): keyof typeof words.who {
  if (/required|wrong_type|invalid/.test(group.code ?? '')) return 'data'
  if (!group.step_type?.startsWith('webhook.')) return 'you'
  if (/\b(401|403)\b|connection .*(missing|gone|deleted)/i.test(group.message)) return 'connection'
  return /private network|ALLOW_TARGETS|not a valid|no address/i.test(group.message) ? 'you' : 'other'
}
