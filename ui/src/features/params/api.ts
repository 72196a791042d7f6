// What forms ask the server: what fits into empty fields.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client'

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
