import { Select, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { runQuery, runsQuery, type Run, type StepResult } from '../../api/runs'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { stepName } from '../../lib/definition'
import { diffValues, type Difference } from '../../lib/diffValues'
import { printJson } from '../../lib/json'
import { text } from '../../lib/text'
import { runs } from '../../lib/text/en/runs'
import { exactTime, instant } from '../../lib/time'
import classes from './RunPage.module.css'

const words = runs.compare
/** Characters of a value that are shown. */
const CLIP = 300

/** What is different between two runs of a workflow. */
export function CompareDialog({ ws, run, onClose }: { ws: string; run: Run; onClose: () => void }) {
  const others = useInfiniteQuery(runsQuery(ws, { workflow_id: run.workflow_id ?? '' }, 30))
  const choices = (others.data?.pages[0]?.items ?? []).filter((other) => other.id !== run.id)
  const [chosen, setChosen] = useState<string | null>(run.replay_of ?? null)
  const id = chosen ?? choices.find((other) => other.status === 'succeeded')?.id ?? choices[0]?.id
  const other = useQuery({ ...runQuery(ws, id ?? ''), enabled: Boolean(id) })
  const label = (r: Run) => `${text.runStatus[r.status] ?? r.status}, ${exactTime(instant(r.created_at) ?? new Date(0))}`
  const data = choices.map((r) => ({ value: r.id, label: label(r) }))
  if (other.data && !data.some((d) => d.value === other.data.id)) data.unshift({ value: other.data.id, label: label(other.data) })
  return (
    <Modal opened onClose={onClose} title={words.title} size="xl">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {words.help}
        </Text>
        <ErrorNote error={others.error ?? other.error} />
        {others.data && data.length === 0 ? (
          <Text>{words.none}</Text>
        ) : (
          <Select label={words.other} placeholder={words.choose} data={data} value={id ?? null} onChange={setChosen} maxDropdownHeight={260} />
        )}
        {id && other.isPending && <Skeleton height={160} />}
        {other.data && <Comparison left={run} right={other.data} />}
      </Stack>
    </Modal>
  )
}

interface Part {
  key: string
  title: string
  /** Set when only one side has it. */
  only?: string
  differences: Difference[]
  more: number
}

function Comparison({ left, right }: { left: Run; right: Run }) {
  const nodeType = useNodeType()
  const parts = compareRuns(left, right, (step) => stepName(step, nodeType(step.type).name)).filter(
    (part) => part.only || part.differences.length > 0,
  )
  if (parts.length === 0) return <Text>{words.same}</Text>
  return (
    <Stack gap="md">
      {parts.map((part) => (
        <section key={part.key}>
          <Title order={3} mb={6}>
            {part.title}
          </Title>
          {part.only ? <Text size="sm">{part.only}</Text> : <Table part={part} />}
        </section>
      ))}
    </Stack>
  )
}

/** The parts of two runs that can differ: what started them, then each step. */
export function compareRuns(left: Run, right: Run, nameOf: (step: StepResult) => string): Part[] {
  const before = diffValues(left.input, right.input, 'trigger')
  const there = new Map((right.steps ?? []).map((step) => [step.path, step]))
  const here = new Set((left.steps ?? []).map((step) => step.path))
  const parts: Part[] = [{ key: 'trigger', title: words.trigger, ...before }]
  for (const step of left.steps ?? []) {
    const other = there.get(step.path)
    parts.push(
      other
        ? { key: step.path, title: nameOf(step), ...diffValues(facets(step), facets(other)) }
        : { key: step.path, title: nameOf(step), only: words.onlyHere, differences: [], more: 0 },
    )
  }
  for (const step of right.steps ?? []) {
    if (!here.has(step.path)) parts.push({ key: step.path, title: nameOf(step), only: words.onlyThere, differences: [], more: 0 })
  }
  return parts
}

/** What of a step is compared. Times and tries differ always and mean nothing. */
const facets = (step: StepResult) => ({
  [words.status]: text.stepStatus[step.status] ?? step.status,
  [words.way]: step.port || undefined,
  [words.input]: step.input,
  [words.output]: step.output,
})

function Table({ part }: { part: Part }) {
  return (
    <div className={classes.tableFrame} tabIndex={0} role="region" aria-label={part.title}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{words.this}</th>
            <th scope="col">{words.that}</th>
          </tr>
        </thead>
        <tbody>
          {part.differences.map((d) => (
            <tr key={d.path}>
              <th scope="row">{d.path}</th>
              <td>
                <Value value={d.left} />
              </td>
              <td>
                <Value value={d.right} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {part.more > 0 && (
        <Text size="sm" c="dimmed">
          {words.more(part.more)}
        </Text>
      )}
    </div>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined) return <span className={classes.dim}>{words.missing}</span>
  const printed = typeof value === 'string' ? value : printJson(value)
  return <>{printed.length > CLIP ? `${printed.slice(0, CLIP)}…` : printed}</>
}
