import { Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { StepResult } from '../../../api/runs'
import { failureText } from '../../../api/runs'
import { JsonView } from '../../../components/JsonView'
import { StepBadge } from '../../../components/StatusBadge'
import { TimeAgo } from '../../../components/TimeAgo'
import { isEmpty } from '../../../lib/json'
import { text } from '../../../lib/text'
import { canvas as words } from '../../../lib/text/en/canvas'
import { duration, instant } from '../../../lib/time'
import { useEditor } from '../store'
import classes from './Panel.module.css'

/** What happened in a step in the run that is shown. */
export function RunTab({ id }: { id: string }) {
  const trace = useEditor((s) => s.trace)
  const run = useEditor((s) => s.run)
  const isTrigger = useEditor((s) => s.draft.definition.triggers?.some((t) => t.id === id) ?? false)
  const [which, setWhich] = useState(0)
  if (isTrigger) {
    if (trace?.trigger !== id) return <Text size="sm">{words.run.triggerOther}</Text>
    return <Side title={text.run.arrived} value={run?.input} none={text.run.nothingOut} />
  }
  const results = trace?.steps.get(id)?.results ?? []
  const result = results[Math.min(which, results.length - 1)]
  if (!result) return <Text size="sm">{words.run.notReached}</Text>
  return (
    <Stack gap="md">
      {results.length > 1 && (
        <Select
          label={words.run.which}
          value={String(Math.min(which, results.length - 1))}
          data={results.map((r, i) => ({ value: String(i), label: `${words.run.nth(i + 1)}: ${text.stepStatus[r.status] ?? r.status}` }))}
          allowDeselect={false}
          searchable
          onChange={(value) => setWhich(Number(value ?? 0))}
        />
      )}
      <Facts result={result} />
      <Side title={text.run.went} value={result.input} none={text.run.nothingIn} />
      <Side title={text.run.came} value={result.output} none={result.finished_at ? text.run.nothingOut : text.run.notYet} />
    </Stack>
  )
}

function Facts({ result }: { result: StepResult }) {
  const error = failureText(result.error)
  const took = duration(result.started_at, result.finished_at)
  const tries = result.attempts?.length ?? 0
  return (
    <div>
      <StepBadge status={result.status} />
      <Text size="sm" c="dimmed" mt={6}>
        {instant(result.started_at) && <TimeAgo at={result.started_at} />}
        {took && ` · ${took}`}
        {tries > 1 && ` · ${text.run.attempts(tries)}`}
      </Text>
      {error && (
        <Text size="sm" mt={6} c="var(--mantine-color-error)" fw={550}>
          {error}
        </Text>
      )}
      {result.simulated && (
        <Text size="sm" mt={6}>
          {text.run.simulated}
        </Text>
      )}
      {result.status === 'waiting' && instant(result.due_at) && (
        <Text size="sm" mt={6}>
          {text.run.goesOnAt} <TimeAgo at={result.due_at} />
        </Text>
      )}
      {(result.missing ?? []).length > 0 && (
        <Text size="sm" mt={6}>
          {text.run.missing}: {(result.missing ?? []).join(', ')}
        </Text>
      )}
      {(result.notes ?? []).map((note) => (
        <Text key={note} size="sm" mt={6}>
          {note}
        </Text>
      ))}
    </div>
  )
}

function Side({ title, value, none }: { title: string; value: unknown; none: string }) {
  return (
    <div>
      <h3 className={classes.heading}>{title}</h3>
      {isEmpty(value) ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <JsonView value={value} label={title} />
      )}
    </div>
  )
}
