import { Button, Group, Radio, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import type { Run } from '../../api/runs'
import { workflowQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { StepIcon } from '../../components/StepIcon'
import tones from '../../components/Tone.module.css'
import { stepName } from '../../lib/definition'
import { common } from '../../lib/text/en/common'
import { runs } from '../../lib/text/en/runs'
import { replayPlan, type Planned } from './replayPlan'
import classes from './RunPage.module.css'

const words = runs.replay

interface Props {
  ws: string
  run: Run
  pending: boolean
  error: unknown
  onStart: (asNew: boolean) => void
  onClose: () => void
}

/** Shows what running again will do before it does it. */
export function ReplayDialog({ ws, run, pending, error, onStart, onClose }: Props) {
  const [asNew, setAsNew] = useState(false)
  const nodeType = useNodeType()
  const { data: workflow } = useQuery({ ...workflowQuery(ws, run.workflow_id ?? ''), enabled: Boolean(run.workflow_id) })
  const effects = (type: string) => ['action', 'internal'].includes(nodeType(type).kind)
  const plan = replayPlan(run.steps ?? [], workflow?.definition?.steps ?? undefined, asNew, effects)
  const version = workflow ? (workflow.live_version ? words.version(workflow.live_version) : words.draftOnly) : words.noPlan
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      <Stack gap="md">
        <ErrorNote error={error} />
        <Text size="sm">{words.help}</Text>
        <Radio.Group value={asNew ? 'new' : 'safe'} onChange={(value) => setAsNew(value === 'new')} aria-label={words.choice}>
          <Stack gap="sm">
            <Radio value="safe" label={words.safe} description={words.safeHelp} />
            <Radio value="new" label={words.asNew} description={words.asNewHelp} />
          </Stack>
        </Radio.Group>
        <section aria-labelledby="plan-title">
          <Title order={3} id="plan-title" mb={4}>
            {words.plan}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {version}
          </Text>
          <ul className={classes.plan}>
            {plan.map((planned) => (
              <li key={planned.key}>
                <StepIcon type={planned.type} />
                <span className={classes.name}>{stepName(planned, nodeType(planned.type).name)}</span>
                <Fate fate={planned.fate} />
              </li>
            ))}
          </ul>
        </section>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button loading={pending} onClick={() => onStart(asNew)}>
            {words.go}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const FATES: Record<Planned['fate'], [label: string, tone: string]> = {
  again: [words.again, 'busy'],
  done: [words.done, 'calm'],
  fresh: [words.fresh, 'violet'],
}

function Fate({ fate }: { fate: Planned['fate'] }) {
  const [label, tone] = FATES[fate]
  return <span className={`${tones.badge} ${tones[tone]}`}>{label}</span>
}
