import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { runQuery, stepsQuery, type Run, type StepResult } from '../../api/runs'
import { workflowQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { HiddenNote } from '../../components/HiddenNote'
import { JsonTree } from '../../components/JsonTree'
import { Page } from '../../components/Page'
import { RunBadge } from '../../components/StatusBadge'
import { isEmpty } from '../../lib/json'
import { text } from '../../lib/text'
import { runs as words } from '../../lib/text/en/runs'
import { FailureNote } from './FailureNote'
import { RunButtons } from './RunButtons'
import { RunFacts } from './RunFacts'
import classes from './RunPage.module.css'
import { runName } from './RunRow'
import { StepCard } from './StepCard'

const CompareDialog = lazy(() => import('./CompareDialog').then((m) => ({ default: m.CompareDialog })))

/** One run: how it went, step by step, and what can be done now. */
export function RunPage() {
  const { ws, id } = useParams({ from: '/w/$ws/runs/$id' })
  const { data: run, error, isPending, refetch } = useQuery(runQuery(ws, id))
  const workflow = useQuery({ ...workflowQuery(ws, run?.workflow_id ?? ''), enabled: Boolean(run?.workflow_id) }).data
  const [comparing, setComparing] = useState(false)
  const back = { label: text.run.back, to: { to: '/w/$ws/runs', params: { ws } } as const }
  if (!run) {
    return (
      <Page title={text.runs.title} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return (
    <Page
      title={text.run.title(runName(run, workflow?.name))}
      back={back}
      badge={<RunBadge status={run.status} />}
      actions={
        <>
          {run.workflow_id && !run.redacted && (
            <Button variant="default" leftSection={<IconArrowsDiff size={17} aria-hidden />} onClick={() => setComparing(true)}>
              {words.compare.button}
            </Button>
          )}
          <RunButtons ws={ws} run={run} liveVersion={workflow?.live_version ?? undefined} />
        </>
      }
    >
      <Stack gap="lg">
        <RunFacts ws={ws} run={run} workflow={workflow?.name} />
        <ErrorNote error={error} onRetry={() => void refetch()} />
        {run.redacted && <HiddenNote />}
        <FailureNote ws={ws} run={run} />
        {!isEmpty(run.input) && <Arrived input={run.input} />}
        <Steps ws={ws} run={run} />
      </Stack>
      {comparing && (
        <Suspense>
          <CompareDialog ws={ws} run={run} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </Page>
  )
}

function Steps({ ws, run }: { ws: string; run: Run }) {
  const steps = run.steps ?? []
  const [further, setFurther] = useState(false)
  const rest = useInfiniteQuery({ ...stepsQuery(ws, run.id), initialPageParam: run.steps_next_cursor ?? '', enabled: further })
  const more: StepResult[] = (rest.data?.pages ?? []).flatMap((page) => page.items ?? [])
  const canGrow = run.steps_next_cursor && (!further || rest.hasNextPage)
  return (
    <section aria-labelledby="steps-title">
      <Title order={2} id="steps-title" mb="sm">
        {text.run.steps}
      </Title>
      {steps.length === 0 && <Text c="dimmed">{text.run.noSteps}</Text>}
      <ol className={classes.steps}>
        {[...steps, ...more].map((step) => (
          <StepCard key={`${step.path}#${step.execution}`} step={step} />
        ))}
      </ol>
      <ErrorNote error={rest.error} />
      {canGrow && (
        <Button
          mt="md"
          variant="default"
          loading={rest.isFetching}
          onClick={() => (further ? void rest.fetchNextPage() : setFurther(true))}
        >
          {words.moreSteps}
        </Button>
      )}
    </section>
  )
}

/** What the trigger gave; laid out only once it is asked for. */
function Arrived({ input }: { input: unknown }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.run.arrived}</summary>
      {open && <JsonTree value={input} label={text.run.arrived} base="trigger" />}
    </details>
  )
}
