import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Workflow } from '../../../api/workflows'
import { Modal } from '../../../components/Modal'
import { normal } from '../../../lib/document/normal'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useEditor } from '../store'
import { DiffList } from './DiffList'

const words = canvas.conflict

/** Two drafts of one workflow: the person chooses, nobody overwrites anybody silently. */
export function ConflictDialog({ theirs }: { theirs: Workflow }) {
  const { saver, types } = useDesk()
  const mine = useEditor((s) => s.draft.definition)
  const [seen, setSeen] = useState(false)
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} size="lg" title={words.title}>
      <Stack gap="md">
        <Text size="sm">{words.help}</Text>
        {seen ? (
          <div>
            <Title order={3} mb="xs">
              {words.differences}
            </Title>
            <DiffList from={normal(theirs.definition, (type) => types.get(type)?.lists)} to={mine} none={words.same} />
          </div>
        ) : (
          <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => setSeen(true)}>
            {words.see}
          </Button>
        )}
        <Group grow align="flex-start">
          <Choice label={words.theirs} help={words.theirsHelp} onClick={saver.takeTheirs} />
          <Choice label={words.mine} help={words.mineHelp} onClick={saver.keepMine} />
        </Group>
      </Stack>
    </Modal>
  )
}

function Choice({ label, help, onClick }: { label: string; help: string; onClick: () => void }) {
  return (
    <Stack gap={6}>
      <Button variant="default" onClick={onClick}>
        {label}
      </Button>
      <Text size="sm" c="dimmed" ta="center">
        {help}
      </Text>
    </Stack>
  )
}
