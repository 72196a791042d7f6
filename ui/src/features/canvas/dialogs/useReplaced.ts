import { useQueryClient } from '@tanstack/react-query'
import { workflowQuery, type Workflow } from '../../../api/workflows'
import { useDesk } from '../desk'

/** Takes up a draft that the server put in the place of ours, because the person asked for it. */
export function useReplaced() {
  const { ws, id, saver } = useDesk()
  const client = useQueryClient()
  return (workflow: Workflow) => {
    saver.observe(workflow)
    client.setQueryData(workflowQuery(ws, id).queryKey, workflow)
    void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
  }
}
