import { Text } from '@mantine/core'
import { Modal } from '../../components/Modal'
import { TemplateCards } from '../templates'
import { workflows } from '../../lib/text/en/workflows'

const words = workflows.new

/** Asks what a new workflow begins with. */
export function NewDialog({ ws, onClose }: { ws: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={words.title} size="xl">
      <Text c="dimmed" mb="md">
        {words.help}
      </Text>
      <TemplateCards ws={ws} />
    </Modal>
  )
}
