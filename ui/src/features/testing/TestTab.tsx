import { Alert, Button, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconPlayerPlay } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState, type KeyboardEvent } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { isOpen } from '../../api/runs'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import type { TabProps } from '../../lib/document/panel'
import { testingWords as words } from '../../lib/text/en/testing'
import { MappingScope, SampleBar, useMappingWorld } from '../mapping'
import { startTest, testRunQuery, type Reach } from './api'
import { ContactChoice } from './ContactChoice'
import { TestResult } from './TestResult'
import { useLastTest } from './lastTest'

const EmailTest = lazy(() => import('./EmailTest').then((m) => ({ default: m.EmailTest })))

/** Tries a step out with the chosen sample. */
export function TestTab(props: TabProps) {
  const { ws, workflow, definition, stepId } = props
  return (
    <MappingScope scope={{ ws, workflow, definition, stepId }}>
      <Tester {...props} />
    </MappingScope>
  )
}

/** Requests to test that were seen to. */
const answered = new WeakSet<object>()

function Tester({ ws, workflow, definition, stepId, value, readOnly, save, showRun, nodeType, jump, testNow }: TabProps) {
  const { trigger, request, run: sample, settled } = useMappingWorld()
  const nodeTypeOf = useNodeType()
  const isTrigger = (definition.triggers ?? []).some((t) => t.id === stepId)
  const [reach, setReach] = useState<Reach>(isTrigger ? 'all' : 'step')
  const [real, setReal] = useState(false)
  const [contact, setContact] = useState<string>()
  const ofEvent = trigger !== undefined && nodeTypeOf(trigger.type).source !== 'http'
  const [runId, setRunId] = useLastTest(workflow.id, stepId)
  const announce = useAnnounce()
  const test = useMutation({
    mutationFn: async () => {
      await save() // tests run on the stored draft
      return startTest(ws, workflow.id, stepId, isTrigger ? 'all' : reach, { trigger: trigger?.id, request_id: request?.id, run_id: request ? undefined : sample?.id, contact_id: ofEvent ? contact : undefined, dry_run: !real })
    },
    onSuccess: ({ run_id }) => setRunId(run_id),
  })
  const { data: run, error } = useQuery({ ...testRunQuery(ws, runId ?? ''), enabled: runId !== undefined })
  const running = test.isPending || (run !== undefined && isOpen(run.status) && run.status !== 'waiting')
  const ended = run && !isOpen(run.status) ? run.status : undefined
  useEffect(() => {
    if (ended) announce(words.ended[ended] ?? ended)
  }, [ended, announce])
  const able = !readOnly && (definition.triggers ?? []).length > 0
  const { mutate } = test
  useEffect(() => {
    // Once for each request, however often this tab is opened; with the sample, so once that is known.
    if (!testNow || !settled || answered.has(testNow)) return
    answered.add(testNow)
    if (able && !running) mutate()
  }, [testNow, settled, able, running, mutate])
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !running && able) {
      event.preventDefault()
      test.mutate()
    }
  }
  return (
    <Stack gap="md" onKeyDown={keys}>
      <SampleBar />
      {!isTrigger && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={words.reach}
          value={reach}
          onChange={(next) => setReach(next as Reach)}
          data={[
            { value: 'step', label: words.step },
            { value: 'here', label: words.here },
            { value: 'all', label: words.all },
          ]}
        />
      )}
      {ofEvent && <ContactChoice ws={ws} value={contact} onChange={setContact} ofSample={sample !== undefined} />}
      <Switch label={words.real} description={real ? words.realHelp : words.dryHelp} checked={real} onChange={(e) => setReal(e.currentTarget.checked)} withThumbIndicator={false} disabled={readOnly} />
      {real && (
        <Alert variant="light" color="orange" p="xs" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
          {words.realWarning}
        </Alert>
      )}
      <Group gap="xs">
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={running} onClick={() => test.mutate()} disabled={!able}>
          {real ? words.runReal : words.run}
        </Button>
        {run && (
          <Button variant="default" onClick={() => showRun(run.id)}>
            {words.onCanvas}
          </Button>
        )}
      </Group>
      {(definition.triggers ?? []).length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noTrigger}
        </Text>
      )}
      <ErrorNote error={test.error ?? error} />
      {run && !test.isPending && <TestResult run={run} stepId={isTrigger ? undefined : stepId} only={!isTrigger && reach === 'step'} definition={definition} nodeType={nodeType} jump={jump} />}
      {value.type === 'email.send' && (
        <Suspense>
          <EmailTest ws={ws} workflow={workflow} stepId={stepId} value={value} save={save} readOnly={readOnly} />
        </Suspense>
      )}
    </Stack>
  )
}
