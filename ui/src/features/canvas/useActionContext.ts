import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, type RefObject } from 'react'
import type { Workflow } from '../../api/workflows'
import type { ActionContext, Flow } from './actions/action'
import { useDesk } from './desk'
import type { Layout } from './layout/shape'
import { useEditorStore } from './store'
import { useToast } from './Toast'

/** What actions work with; the same object as long as the editor is open. */
export function useActionContext(layout: Layout, flow: RefObject<Flow>, workflow: Workflow): ActionContext {
  const store = useEditorStore()
  const desk = useDesk()
  const client = useQueryClient()
  const say = useToast()
  const navigate = useNavigate()
  const now = useRef({ layout, workflow })
  useEffect(() => {
    now.current = { layout, workflow }
  }, [layout, workflow])
  return useMemo<ActionContext>(
    () => ({
      store,
      desk,
      client,
      say,
      workflow: () => now.current.workflow,
      layout: () => now.current.layout,
      flow: {
        zoomIn: () => flow.current.zoomIn(),
        zoomOut: () => flow.current.zoomOut(),
        fit: () => flow.current.fit(),
        actual: () => flow.current.actual(),
        reveal: (id) => flow.current.reveal(id),
      },
      open: (to) => {
        const { ws, id } = desk
        if (to === 'list') void navigate({ to: '/w/$ws/workflows', params: { ws } })
        else if (to === 'runs') void navigate({ to: '/w/$ws/runs', params: { ws }, search: { workflow_id: id } })
        else void navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: to.workflow }, search: {} })
      },
    }),
    [store, desk, client, say, navigate, flow],
  )
}
