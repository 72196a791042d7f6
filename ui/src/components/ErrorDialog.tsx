import { text } from '../lib/text'
import { ErrorNote } from './ErrorNote'
import { Modal } from './Modal'

/** Says that what a button was to do did not work. */
export function ErrorDialog({ error, onClose }: { error: unknown; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={text.errors.title}>
      <ErrorNote error={error} />
    </Modal>
  )
}
