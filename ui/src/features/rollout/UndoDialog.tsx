import { useMutation, useQueryClient } from '@tanstack/react-query'
import { renewPushes, rollClientBack, type PushedClient } from '../../api/pushes'
import { ApiError } from '../../api/http'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { rollout } from '../../lib/text/en/rollout'

const words = rollout.undo

/** Asks before a client gets what it had before; once more when it was changed since. */
export function UndoDialog({ ws, client, onClose }: { ws: string; client: PushedClient; onClose: () => void }) {
  const queries = useQueryClient()
  const undo = useMutation({
    mutationFn: (force: boolean) => rollClientBack(ws, client.push_id, client.clone_id, force),
    onSuccess: async () => {
      await renewPushes(queries, ws)
      onClose()
    },
  })
  const edited = client.state === 'edited' || (undo.error instanceof ApiError && undo.error.status === 409)
  return (
    <ConfirmDialog
      title={words.title(client.workspace.name)}
      confirm={edited ? words.force : words.confirm}
      pending={undo.isPending}
      error={undo.error}
      onConfirm={() => undo.mutate(edited)}
      onClose={onClose}
    >
      {edited ? words.edited : words.help}
    </ConfirmDialog>
  )
}
