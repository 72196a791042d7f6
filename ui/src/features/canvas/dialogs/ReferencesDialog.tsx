import { List, Text } from '@mantine/core'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { stepName } from '../../../lib/definition'
import { findStep } from '../../../lib/document/tree'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useEditor } from '../store'
import type { Dialog } from '../store/view'
import { fieldWords } from './DiffList'

const words = canvas.references

interface Props {
  dialog: Extract<Dialog, { show: 'references' }>
  onClose: () => void
}

/** Lists the fields that a removal or a move would leave empty, before it happens. */
export function ReferencesDialog({ dialog, onClose }: Props) {
  const { nodeType } = useDesk()
  const definition = useEditor((s) => s.draft.definition)
  const lines = dialog.references.map((reference) => {
    const step = findStep(definition, reference.in)
    const type = nodeType(step?.type ?? '')
    const branch = /^\/branches\/(\d+)/.exec(reference.pointer)?.[1]
    const field = branch === undefined ? fieldWords(reference.pointer.slice(1), type) : (step?.branches?.[Number(branch)]?.name ?? canvas.diff.keys.when ?? '')
    return words.field(step ? stepName(step, type.name) : reference.in, field)
  })
  const confirm = () => {
    onClose()
    dialog.go()
  }
  return (
    <ConfirmDialog title={words[dialog.what]} confirm={dialog.what === 'remove' ? words.removeGo : words.moveGo} onConfirm={confirm} onClose={onClose}>
      <div>
        <Text size="sm" mb={6}>
          {words.help}
        </Text>
        <List size="sm" spacing={4}>
          {[...new Set(lines)].map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      </div>
    </ConfirmDialog>
  )
}
