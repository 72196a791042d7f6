// What forms ask the server: connections made on the spot, and what fits into empty fields.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from '../../api/at'
import { call, query } from '../../api/http'
import type { Target } from '../../api/targets'

export async function makeConnection(ws: string, body: { type: string; name: string; params: Record<string, unknown> }): Promise<Target> {
  const made = await call<{ id: string; name: string }>('POST', at(ws, 'connections'), { body, headers: once() })
  return { id: made.id, label: made.name }
}

/** A value that would fit into an empty field. */
export interface Suggestion {
  field: string
  template: string
  label: string
  sample?: string
}

export const suggestionsQuery = (ws: string, workflowId: string, type: string, trigger?: string, requestId?: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflows', 'suggestions', workflowId, type, trigger, requestId],
    queryFn: async ({ signal }) => {
      const path = `${at(ws, 'workflows', workflowId, 'suggestions')}${query({ type, trigger, request_id: requestId })}`
      return (await call<{ items: Suggestion[] | null }>('GET', path, { signal })).items ?? []
    },
    retry: false,
  })
