import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Outcome } from '../../api/runs'
import { Modal } from '../../components/Modal'
import { text } from '../../lib/text'

const CHOICES: { value: Outcome; label: string; description: string }[] = [
  { value: 'done', label: text.run.outcomeDone, description: text.run.outcomeDoneHelp },
  { value: 'again', label: text.run.outcomeAgain, description: text.run.outcomeAgainHelp },
  { value: 'skip', label: text.run.outcomeSkip, description: text.run.outcomeSkipHelp },
]

/** Asks what became of a step whose outcome nobody knows. Nothing is chosen beforehand: a guess could send twice. */
export function OutcomeDialog({ onChoose, onClose }: { onChoose: (outcome: Outcome) => void; onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>()
  return (
    <Modal opened onClose={onClose} title={text.run.outcomeTitle}>
      <Text size="sm" mb="md">
        {text.run.parkedHelp}
      </Text>
      <Radio.Group value={outcome ?? null} onChange={(value) => setOutcome(value as Outcome)} aria-label={text.run.outcomeTitle}>
        <Stack gap="sm">
          {CHOICES.map((choice) => (
            <Radio key={choice.value} {...choice} />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {text.workflow.cancel}
        </Button>
        <Button disabled={!outcome} onClick={() => outcome && onChoose(outcome)}>
          {text.run.goOn}
        </Button>
      </Group>
    </Modal>
  )
}
