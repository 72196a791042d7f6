import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createWorkflow } from '../api/workflows'
import { workflows as words } from '../lib/text/en/workflows'

/** Makes an empty workflow and opens it. */
export function useBlankWorkflow(ws: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => createWorkflow(ws, { name: words.new.untitled }),
    onSuccess: async (workflow) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      await navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: workflow.id } })
    },
  })
}
