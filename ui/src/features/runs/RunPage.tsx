import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { runQuery, type Run } from '../../api/runs'
import { workflowQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { JsonView } from '../../components/JsonView'
import { Page } from '../../components/Page'
import { RunBadge } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import { isEmpty } from '../../lib/json'
import { text } from '../../lib/text'
import { duration } from '../../lib/time'
import { FailureNote } from './FailureNote'
import { RunButtons } from './RunButtons'
import classes from './RunPage.module.css'
import { runName } from './RunRow'
import { StepCard } from './StepCard'

/** One run: how it went, step by step, and what can be done now. */
export function RunPage() {
  const { ws, id } = useParams({ from: '/w/$ws/runs/$id' })
  const { data: run, error, isPending, refetch } = useQuery(runQuery(ws, id))
  const name = useWorkflowName(ws, run)
  const back = { label: text.run.back, to: { to: '/w/$ws/runs', params: { ws } } as const }
  if (!run) {
    return (
      <Page title={text.runs.title} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  const steps = run.steps ?? []
  return (
    <Page
      title={text.run.title(runName(run, name))}
      back={back}
      badge={<RunBadge status={run.status} />}
      actions={<RunButtons ws={ws} run={run} />}
    >
      <Facts ws={ws} run={run} workflow={name} />
      <Stack gap="lg">
        <ErrorNote error={error} onRetry={() => void refetch()} />
        <FailureNote run={run} />
        {!isEmpty(run.input) && <Arrived input={run.input} />}
        <section aria-labelledby="steps-title">
          <Title order={2} id="steps-title" mb="sm">
            {text.run.steps}
          </Title>
          {steps.length === 0 && <Text c="dimmed">{text.run.noSteps}</Text>}
          <ol className={classes.steps}>
            {steps.map((step) => (
              <StepCard key={`${step.path}#${step.execution}`} step={step} />
            ))}
          </ol>
          {run.steps_next_cursor && (
            <Text c="dimmed" mt="sm">
              {text.run.moreSteps}
            </Text>
          )}
        </section>
      </Stack>
    </Page>
  )
}

/** The name of the run's workflow; undefined while unknown or gone. */
function useWorkflowName(ws: string, run: Run | undefined): string | undefined {
  const id = run?.workflow_id ?? ''
  const { data } = useQuery({ ...workflowQuery(ws, id), enabled: id !== '' })
  return data?.name
}

function Facts({ ws, run, workflow }: { ws: string; run: Run; workflow: string | undefined }) {
  return (
    <dl className={classes.facts}>
      <Fact label={text.runs.workflow}>
        {run.workflow_id && workflow ? (
          <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: run.workflow_id! }} {...props} />}>
            {workflow}
          </Anchor>
        ) : (
          runName(run, workflow)
        )}
      </Fact>
      <Fact label={text.run.version}>{run.version ? text.workflow.version(run.version) : text.run.draft}</Fact>
      <Fact label={text.run.started}>
        <TimeAgo at={run.started_at ?? run.created_at} />
      </Fact>
      {run.finished_at && <Fact label={text.run.took}>{duration(run.started_at, run.finished_at) ?? '–'}</Fact>}
      {run.end_reason && text.runEnd[run.end_reason] && <Fact label={text.run.ended}>{text.runEnd[run.end_reason]}</Fact>}
      {run.request_id && <Fact label={text.run.request}>{run.request_id}</Fact>}
      {run.contact_id && <Fact label={text.run.contact}>{run.contact_id}</Fact>}
      {run.replay_of && (
        <Fact label={text.run.replayOf}>
          <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: run.replay_of! }} {...props} />}>
            {run.replay_of}
          </Anchor>
        </Fact>
      )}
    </dl>
  )
}

/** What the trigger gave; laid out only once it is asked for. */
function Arrived({ input }: { input: unknown }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.run.arrived}</summary>
      {open && <JsonView value={input} label={text.run.arrived} />}
    </details>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
