import { useMutation } from '@tanstack/react-query'
import { discardDraft } from '../../../api/draft'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useToast } from '../Toast'
import { useReplaced } from './useReplaced'

/** Makes what is live the draft again. */
export function DiscardDialog({ onClose }: { onClose: () => void }) {
  const { ws, id, saver } = useDesk()
  const replaced = useReplaced()
  const say = useToast()
  const discard = useMutation({
    mutationFn: async () => {
      await saver.flush()
      return discardDraft(ws, id)
    },
    onSuccess: (workflow) => {
      replaced(workflow)
      say(canvas.discard.done)
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={canvas.discard.title}
      confirm={canvas.discard.go}
      pending={discard.isPending}
      error={discard.error}
      onConfirm={() => discard.mutate()}
      onClose={onClose}
    >
      {canvas.discard.help}
    </ConfirmDialog>
  )
}
