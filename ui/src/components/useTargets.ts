import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { makeTarget, targetsQuery, type Target } from '../api/targets'
import { paramsWords as words } from '../lib/text/en/params'
import { useAnnounce } from './Announcer'

/** What a field can point to, and a way to make one more. `ref` is its kind, such as offer; `of` narrows connections to a type. */
export function useTargets(ws: string, ref: string, of?: string) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const query = targetsQuery(ws, ref)
  const { data, isPending, error } = useQuery(query)
  const add = (made: Target) => {
    client.setQueryData(query.queryKey, (last: Target[] | undefined) => [...(last ?? []).filter((t) => t.id !== made.id), made])
    void client.invalidateQueries({ queryKey: ['ws', ws, 'refs', ref] }) // the cards show its name
    announce(words.ref.created(made.label))
  }
  const make = useMutation({ mutationFn: (name: string) => makeTarget(ws, ref, name), onSuccess: add })
  return { targets: (data ?? []).filter((t) => !of || t.type === of), isPending, error, add, make }
}
