import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import type { HeldChoice } from '../../api/workflows'
import { text } from '../../lib/text'

const CHOICES: { value: HeldChoice; label: string; description: string }[] = [
  { value: 'run', label: text.workflow.heldRun, description: text.workflow.heldRunHelp },
  { value: 'keep', label: text.workflow.heldKeep, description: text.workflow.heldKeepHelp },
  { value: 'discard', label: text.workflow.heldDiscard, description: text.workflow.heldDiscardHelp },
]

interface Props {
  count: number
  /** The choice that is made unless the person makes another. */
  first: HeldChoice
  confirm: string
  onChoose: (choice: HeldChoice) => void
  onClose: () => void
}

/** Asks what shall become of the events that were kept. */
export function HeldDialog({ count, first, confirm, onChoose, onClose }: Props) {
  const [choice, setChoice] = useState<HeldChoice>(first)
  return (
    <Modal opened onClose={onClose} title={text.workflow.heldTitle(count)}>
      <Radio.Group value={choice} onChange={(value) => setChoice(value as HeldChoice)} aria-label={text.workflow.heldTitle(count)}>
        <Stack gap="sm">
          {CHOICES.map((option) => (
            <Radio key={option.value} {...option} />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {text.workflow.cancel}
        </Button>
        <Button color={choice === 'discard' ? 'red.9' : undefined} onClick={() => onChoose(choice)}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  )
}
