import { Kbd, Stack, Switch, Table, Title } from '@mantine/core'
import { useState } from 'react'
import { Modal } from '../../../components/Modal'
import { canvas } from '../../../lib/text/en/canvas'
import { ACTIONS } from '../actions'
import { labelOf } from '../actions/action'
import { useActions } from '../actions/context'
import { keyWords } from '../actions/keys'
import { singleKeys } from '../actions/singleKeys'

const words = canvas.keys
const GROUPS = ['edit', 'look', 'workflow'] as const

/** Every shortcut, and the switch for those of one key. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const actions = useActions()
  const [single, setSingle] = useState(singleKeys.get)
  return (
    <Modal opened onClose={onClose} title={words.title} size="md">
      <Stack gap="md">
        <Switch
          label={words.single}
          description={words.singleHelp}
          checked={single}
          onChange={(event) => {
            singleKeys.set(event.currentTarget.checked)
            setSingle(event.currentTarget.checked)
          }}
        />
        {GROUPS.map((group) => (
          <div key={group}>
            <Title order={3} mb={4}>
              {words.groups[group]}
            </Title>
            <Table verticalSpacing={4}>
              <Table.Tbody>
                {ACTIONS.filter((a) => a.group === group && a.keys).map((action) => (
                  <Table.Tr key={action.id}>
                    <Table.Td>{labelOf(action, actions)}</Table.Td>
                    <Table.Td ta="right">
                      <Kbd>{keyWords(action.keys?.[0] ?? '')}</Kbd>
                    </Table.Td>
                  </Table.Tr>
                ))}
                {group === 'look' && (
                  <>
                    <Table.Tr>
                      <Table.Td>{words.arrows}</Table.Td>
                      <Table.Td ta="right">
                        <Kbd>← ↑ ↓ →</Kbd>
                      </Table.Td>
                    </Table.Tr>
                    <Table.Tr>
                      <Table.Td>{words.enter}</Table.Td>
                      <Table.Td ta="right">
                        <Kbd>Enter</Kbd>
                      </Table.Td>
                    </Table.Tr>
                    <Table.Tr>
                      <Table.Td>{canvas.actions.menu}</Table.Td>
                      <Table.Td ta="right">
                        <Kbd>{keyWords('mod+k')}</Kbd>
                      </Table.Td>
                    </Table.Tr>
                  </>
                )}
              </Table.Tbody>
            </Table>
          </div>
        ))}
      </Stack>
    </Modal>
  )
}
