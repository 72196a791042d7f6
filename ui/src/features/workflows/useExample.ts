import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createWorkflow } from '../../api/workflows'
import example from './example.json'

/** Makes the example workflow and opens it. */
export function useExample(ws: string) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => createWorkflow(ws, example),
    onSuccess: async (workflow) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
      await navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: workflow.id } })
    },
  })
}
