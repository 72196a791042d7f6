import { Text } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { failureText, type StepResult } from '../../api/runs'
import { JsonTree } from '../../components/JsonTree'
import { StepBadge } from '../../components/StatusBadge'
import { StepIcon } from '../../components/StepIcon'
import { TimeAgo } from '../../components/TimeAgo'
import { stepName } from '../../lib/definition'
import { isEmpty } from '../../lib/json'
import { text } from '../../lib/text'
import { duration, instant } from '../../lib/time'
import { Attempts } from './Attempts'
import { Detail } from './FailureNote'
import classes from './RunPage.module.css'

/** One step of a run; opens by itself when it went wrong. */
export function StepCard({ step }: { step: StepResult }) {
  const nodeType = useNodeType()
  const type = nodeType(step.type).name
  const error = failureText(step.error)
  const bad = step.status === 'failed' || step.status === 'unknown'
  const [open, setOpen] = useState(bad)
  const tries = step.attempts?.length ?? 0
  const facts = [type, duration(step.started_at, step.finished_at), tries > 1 && text.run.attempts(tries)]
  return (
    <li>
      <details className={classes.step} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary}>
          <StepIcon type={step.type} />
          <span>
            <span className={classes.name}>{stepName(step, type)}</span>
            <Text component="span" display="block" className={classes.dim}>
              {facts.filter(Boolean).join(' · ')}
            </Text>
          </span>
          <span className={classes.badge}>
            <StepBadge status={step.status} />
          </span>
          <IconChevronRight size={18} aria-hidden className={classes.chevron} />
        </summary>
        {open && (
          <div className={classes.body}>
            {error && (
              <div>
                <Text c="var(--mantine-color-error)" fw={550}>
                  {error}
                </Text>
                <Detail error={step.error} />
              </div>
            )}
            {step.simulated && <Text size="sm">{text.run.simulated}</Text>}
            {step.status === 'waiting' && instant(step.due_at) && (
              <Text size="sm">
                {text.run.goesOnAt} <TimeAgo at={step.due_at} />
              </Text>
            )}
            <Missing names={step.missing ?? []} />
            <Notes notes={step.notes ?? []} />
            <div className={classes.sides}>
              <Side title={text.run.went} value={step.input} none={text.run.nothingIn} base="" />
              <Side title={text.run.came} value={step.output} none={step.finished_at ? text.run.nothingOut : text.run.notYet} base={`steps.${step.step_id}`} />
            </div>
            {tries > 1 || error ? <Attempts attempts={step.attempts ?? []} /> : null}
          </div>
        )}
      </details>
    </li>
  )
}

function Side({ title, value, none, base }: { title: string; value: unknown; none: string; base: string }) {
  return (
    <div>
      <h3 className={classes.heading}>{title}</h3>
      {isEmpty(value) ? <span className={classes.dim}>{none}</span> : <JsonTree value={value} label={title} base={base} />}
    </div>
  )
}

function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null
  return (
    <div>
      <h3 className={classes.heading}>{text.run.notes}</h3>
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
    </div>
  )
}

function Missing({ names }: { names: string[] }) {
  if (names.length === 0) return null
  return (
    <div>
      <h3 className={classes.heading}>{text.run.missing}</h3>
      <Text size="sm">
        {names.join(', ')}
      </Text>
      <Text size="sm" c="dimmed">
        {text.run.missingHelp}
      </Text>
    </div>
  )
}
