import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

/** Runs a call that opens a session, then goes on to `next` or the first page. */
export function useEnter<Values>(open: (values: Values) => Promise<unknown>, next?: string) {
  const client = useQueryClient()
  const router = useRouter()
  return useMutation({
    mutationFn: open,
    onSuccess: async () => {
      client.clear() // nothing of whoever was here before
      await router.navigate({ to: next ?? '/', replace: true })
    },
  })
}
