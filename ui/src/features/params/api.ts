// What forms ask the server: connections made on the spot, and what fits into empty fields.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client'
import { createConnection } from '../../api/settings'
import type { Target } from '../../api/targets'

export async function makeConnection(ws: string, body: Schemas['CreateConnectionInputBody']): Promise<Target> {
  const made = await createConnection(ws, body)
  return { id: made.id, label: made.name, type: made.type }
}

/** A value that would fit into an empty field. */
export type Suggestion = Schemas['Suggestion']

export const suggestionsQuery = (ws: string, workflowId: string, type: string, trigger?: string, requestId?: string, runId?: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'workflows', 'suggestions', workflowId, type, trigger, requestId, runId],
    queryFn: async ({ signal }) => {
      const path = { ws, id: workflowId }
      return (await ask('get', '/workspaces/{ws}/workflows/{id}/suggestions', { path, query: { type, trigger, request_id: requestId, run_id: runId }, signal })).items
    },
    retry: false,
  })
