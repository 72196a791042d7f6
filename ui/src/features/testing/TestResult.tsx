import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useNodeType, type NodeType } from '../../api/nodeTypes'
import { failureText, isOpen, type Failure, type Run, type StepResult } from '../../api/runs'
import { CopyButton } from '../../components/CopyButton'
import { JsonTree } from '../../components/JsonTree'
import { StepBadge } from '../../components/StatusBadge'
import { walk, stepName, type Definition } from '../../lib/definition'
import { testingWords as words } from '../../lib/text/en/testing'
import { isObject } from '../mapping'
import classes from './TestResult.module.css'
import { wireOf, wireText } from './wire'

interface Props {
  run: Run
  /** The step whose panel this is; undefined for a trigger. */
  stepId?: string
  /** Shows that step only. */
  only: boolean
  definition: Definition
  nodeType: NodeType
  jump?: (stepId: string, pointer: string) => void
}

/** What a test did, step by step; the step at hand is open. */
export function TestResult({ run, stepId, only, definition, jump }: Props) {
  const steps = (run.steps ?? []).filter((s) => !only || s.step_id === stepId)
  const own = failureText(run.error)
  const ended = !isOpen(run.status)
  const ran = steps.some((s) => s.step_id === stepId)
  const failedStep = (run.steps ?? []).find((s) => s.status === 'failed')
  const unplaced = own && !steps.some((s) => failureText(s.error) === own)
  return (
    <Stack gap="sm" aria-live="polite">
      {run.status === 'waiting' && (
        <Text size="sm" c="dimmed">
          {words.waits}
        </Text>
      )}
      {unplaced && <FailureBox failure={run.error} definition={definition} stepId={failedStep?.step_id} other={failedStep?.step_id !== stepId} jump={jump} />}
      {ended && stepId !== undefined && !ran && !unplaced && (
        <Text size="sm" c="dimmed">
          {run.end_reason === 'filter' || run.end_reason === 'stop' ? words.endedBefore : words.notReached}
        </Text>
      )}
      {ended && stepId === undefined && steps.length === 0 && !unplaced && (
        <Text size="sm" c="dimmed">
          {words.nothingRan}
        </Text>
      )}
      {steps.map((step) => (
        <Result key={`${step.path}/${step.execution}`} step={step} open={step.step_id === stepId || steps.length === 1 || step.status === 'failed'} definition={definition} jump={jump} />
      ))}
    </Stack>
  )
}

interface ResultProps {
  step: StepResult
  open: boolean
  definition: Definition
  jump: Props['jump']
}

function Result({ step, open, definition, jump }: ResultProps) {
  const nodeType = useNodeType()
  const inDocument = [...walk(definition.steps)].find((s) => s.id === step.step_id)
  const name = stepName(inDocument ?? step, nodeType(step.type).name)
  const wire = wireOf(step.output)
  const output = wire && isObject(step.output) ? withoutRequest(step.output) : step.output
  return (
    <details className={classes.step} open={open}>
      <summary className={classes.head}>
        <span className={classes.name}>{name}</span>
        <StepBadge status={step.status} />
      </summary>
      <Stack gap="sm" p="sm">
        {step.simulated && (
          <Text size="sm" c="dimmed">
            {words.simulated}
          </Text>
        )}
        <FailureBox failure={step.error} definition={definition} stepId={step.step_id} jump={jump} />
        {(step.missing ?? []).length > 0 && (
          <Text size="sm" c="var(--tone-warn-ink)">
            {words.missing((step.missing ?? []).join(', '))}
          </Text>
        )}
        {(step.notes ?? []).map((note) => (
          <Text key={note} size="sm" c="dimmed">
            {note}
          </Text>
        ))}
        {wire && (
          <section aria-label={words.request}>
            <Group justify="space-between">
              <Text size="sm" fw={600}>
                {words.request}
              </Text>
              <CopyButton value={wireText(wire)} label={words.copyRequest} />
            </Group>
            <pre className={classes.wire} tabIndex={0} data-wire>
              {wireText(wire)}
            </pre>
            {wire.binary && (
              <Text size="xs" c="dimmed">
                {words.binary}
              </Text>
            )}
          </section>
        )}
        <div className={classes.sides}>
          <Side title={words.input} value={step.input} empty={words.noInput} />
          <Side title={wire ? words.sampleAnswer : words.output} value={output} empty={words.noOutput} />
        </div>
      </Stack>
    </details>
  )
}

const withoutRequest = (output: Record<string, unknown>) => {
  const { request: _shown, ...rest } = output
  return rest
}

const isNothing = (value: unknown) => value === null || value === undefined || (isObject(value) && Object.keys(value).length === 0)

function Side({ title, value, empty }: { title: string; value: unknown; empty: string }) {
  return (
    <section>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      {isNothing(value) ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <JsonTree value={value} label={title} />
      )}
    </section>
  )
}

interface FailureProps {
  failure: Failure | null | undefined
  definition: Definition
  stepId?: string
  /** It happened in another step than the one that the panel shows. */
  other?: boolean
  jump: Props['jump']
}

/** Why it failed, in words, with a way to the field. */
function FailureBox({ failure, definition, stepId, other = false, jump }: FailureProps) {
  const nodeType = useNodeType()
  const message = failureText(failure)
  if (!message) return null
  const { step, field, detail } = failure ?? {}
  const at = step || stepId
  const inDocument = [...walk(definition.steps)].find((s) => s.id === at)
  const title = other && inDocument ? words.failedIn(stepName(inDocument, nodeType(inDocument.type).name)) : words.failed
  return (
    <Alert variant="outline" color="red" role="alert" title={title} styles={{ root: { background: 'var(--mantine-color-body)' }, title: { color: 'var(--mantine-color-error)' }, message: { color: 'var(--mantine-color-text)' } }}>
      <Text size="sm">{message}</Text>
      {detail && detail !== message && (
        <Text size="xs" c="dimmed" mt={4}>
          {detail}
        </Text>
      )}
      {jump && at && field && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => jump(at, field.startsWith('/params') ? field : `/params${field.startsWith('/') ? '' : '/'}${field}`)}>
          {words.toField}
        </Button>
      )}
      {jump && at && !field && other && (
        <Anchor component="button" type="button" size="sm" onClick={() => jump(at, '')}>
          {words.toStep}
        </Anchor>
      )}
    </Alert>
  )
}
