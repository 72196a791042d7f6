import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconDots, IconNote } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { StepTrace } from '../run/trace'
import { CopyButton } from '../../../components/CopyButton'
import { StepIcon } from '../../../components/StepIcon'
import { reach } from '../../../lib/address'
import { stepName, type Step, type Trigger } from '../../../lib/definition'
import { canvas as words } from '../../../lib/text/en/canvas'
import { cardLine } from '../card'
import { useConditionSummary, useMappedWords } from '../forms'
import { isWarning, useDesk, useVerdict } from '../desk'
import { useMenu } from '../ContextMenu'
import { useEditor } from '../store'
import classes from './Card.module.css'
import { RunSign } from './RunSign'
import { useFocusOfCurrent } from './useFocusOfCurrent'

interface Props {
  data: { kind: 'step'; id: string; step: Step } | { kind: 'trigger'; id: string; trigger: Trigger }
}

/** The card of any step or trigger, whatever its type. */
export const StepNode = memo(function StepNode({ data }: Props) {
  const subject = data.kind === 'step' ? data.step : data.trigger
  const { nodeType } = useDesk()
  const { problems: allProblems, waiting: allWaiting, refName, workflow } = useVerdict()
  const selected = useEditor((s) => s.selected.has(subject.id))
  const traced = useEditor((s) => s.trace !== undefined)
  const trace = useEditor((s) => s.trace?.steps.get(subject.id))
  const fired = useEditor((s) => s.trace?.trigger === subject.id)
  const menu = useMenu()
  const summary = useConditionSummary()
  const mapped = useMappedWords()
  const button = useFocusOfCurrent(subject.id)
  const type = nodeType(subject.type)
  const name = stepName(subject, type.name)
  const problems = allProblems.get(subject.id) ?? []
  const bad = problems.filter((p) => !isWarning(p))
  const waiting = allWaiting.get(subject.id) ?? 0
  const { url, watch } = (data.kind === 'trigger' && workflow.triggers?.find((t) => t.id === subject.id)) || {}
  // What a trigger that acts by itself cannot do, or what keeps senders from it.
  const corner = watch?.active && watch.error !== '' ? watch.error : url && reach(url) === 'nearby' ? words.card.local : ''
  const line = cardLine(type, subject.params, { refName, summary, mapped }) || (url ? shortUrl(url) : '')
  const first = bad[0] ?? (line === '' ? problems[0] : undefined)
  const off = subject.disabled ? (data.kind === 'trigger' ? words.card.offTrigger : words.card.off) : undefined
  const lit = traced ? (trace ? trace.status : fired ? 'fired' : 'idle') : undefined
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-off={off !== undefined || undefined}
      data-run={lit}
      data-bad={(bad.length > 0 && !traced) || undefined}
    >
      <button
        type="button"
        ref={button}
        className={classes.cover}
        data-card={subject.id}
        aria-current={selected || undefined}
        aria-label={describe([name, name !== type.name && type.name, off, line, bad.length > 0 && words.card.problems(bad.length), first?.detail])}
      />
      <StepIcon type={subject.type} />
      <span className={classes.text}>
        <span className={classes.type}>
          {subject.name?.trim() ? type.name : type.group}
          {off && <span className={classes.off}>{off}</span>}
        </span>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {first && !traced ? (
          <span className={isWarning(first) ? classes.line : classes.problem} title={first.detail}>
            {first.detail}
          </span>
        ) : (
          line !== '' && (
            <span className={classes.line} title={line}>
              {line}
            </span>
          )
        )}
      </span>
      {url && !traced && bad.length === 0 ? (
        <span className={`${classes.copy} nodrag`}>
          <CopyButton value={url} label={words.card.copyUrl} />
        </span>
      ) : null}
      <Signs problems={problems.length} bad={bad.length} trace={trace} fired={fired} />
      {corner !== '' && !traced && (
        <span className={classes.corner} title={corner}>
          <IconAlertTriangle size={14} aria-label={corner} />
        </span>
      )}
      {waiting > 0 && !traced && <Waiting step={subject.id} count={waiting} />}
      <ActionIcon className={`${classes.menu} nodrag`} size="sm" aria-label={words.card.menu(name)} aria-haspopup="menu" onClick={(event) => menu.open(event, subject.id)}>
        <IconDots size={16} aria-hidden />
      </ActionIcon>
      {subject.note && data.kind === 'step' && (
        <span className={classes.note} title={subject.note}>
          <IconNote size={15} aria-hidden />
          <span>{subject.note}</span>
        </span>
      )}
    </div>
  )
})

const describe = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join('. ')

/** A URL short enough for a card: without what all of them share. */
const shortUrl = (url: string) => url.replace(/^https?:\/\/[^/]*/, '').replace(/(\/hooks\/.{6}).*(.{4})$/, '$1…$2')

interface SignsProps {
  problems: number
  bad: number
  trace: StepTrace | undefined
  fired: boolean
}

/** What stands at the right of a card: how the run went, else what to fix. */
function Signs({ problems, bad, trace, fired }: SignsProps) {
  if (trace || fired) return <RunSign trace={trace} />
  if (problems === 0) return null
  return (
    <span className={`${classes.sign} ${bad > 0 ? classes.bad : classes.warn}`} title={bad > 0 ? words.card.problems(bad) : words.card.warnings(problems)}>
      <IconAlertTriangle size={19} aria-hidden />
    </span>
  )
}

/** "37 waiting", which opens the list. */
function Waiting({ step, count }: { step: string; count: number }) {
  const { ws, id } = useDesk()
  return (
    <Link
      to="/w/$ws/runs"
      params={{ ws }}
      search={{ workflow_id: id, status: 'waiting', step }}
      className={`${classes.waiting} nodrag`}
      aria-label={words.card.waitingLabel(count)}
    >
      {words.card.waiting(count)}
    </Link>
  )
}
