import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { deleteHook, hookQuery, renewHooks, type Hook } from '../../api/hooks'
import { useAnnounce } from '../../components/Announcer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { hooks } from '../../lib/text/en/hooks'

const words = hooks.remove

/** Asks before a hook ends. */
export function RemoveDialog({ ws, hook, onClose }: { ws: string; hook: Hook; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const remove = useMutation({
    mutationFn: () => deleteHook(ws, hook.id),
    onSuccess: async () => {
      announce(words.done)
      await navigate({ to: '/w/$ws/hooks', params: { ws } })
      client.removeQueries({ queryKey: hookQuery(ws, hook.id).queryKey })
      void renewHooks(client, ws)
    },
  })
  return (
    <ConfirmDialog title={words.title} confirm={words.go} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={onClose}>
      {words.help(hook.url)}
    </ConfirmDialog>
  )
}
