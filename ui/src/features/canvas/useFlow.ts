import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, type RefObject } from 'react'
import type { Flow } from './actions/action'
import type { Layout } from './layout/shape'

const EDGE = 90

/** Fills the reference with what moves the view; steps move fast, and at once for those who want no motion. */
export function useFlow(flow: RefObject<Flow>, layout: Layout) {
  const view = useReactFlow()
  const canvas = useStoreApi()
  const still = useReducedMotion()
  useEffect(() => {
    const duration = still ? 0 : 180
    flow.current = {
      zoomIn: () => void view.zoomIn({ duration }),
      zoomOut: () => void view.zoomOut({ duration }),
      actual: () => void view.zoomTo(1, { duration }),
      fit: () => void view.fitBounds({ x: layout.bounds.x, y: 0, width: layout.bounds.w, height: layout.bounds.h }, { duration, padding: 0.08 }),
      reveal: (id) => {
        // The card may have been added a moment ago: look for it when it has been laid out.
        requestAnimationFrame(() => {
          const item = view.getNode(id)
          if (!item) return
          // Measured now: the panel may have opened just before, which the canvas hears of later.
          const { clientWidth: width = 0, clientHeight: height = 0 } = canvas.getState().domNode ?? {}
          const { x, y, zoom } = view.getViewport()
          const left = item.position.x * zoom + x
          const top = item.position.y * zoom + y
          const [w, h] = [(item.width ?? 0) * zoom, (item.height ?? 0) * zoom]
          // On narrower windows the panel lies over the right of the canvas.
          const covered = panelWidth()
          const seen = left > 0 && left + w < width - covered && top > EDGE / 2 && top + h < height - EDGE
          if (!seen) {
            const to = Math.max(zoom, 0.7)
            const middle = { x: item.position.x + (item.width ?? 0) / 2, y: item.position.y + (item.height ?? 0) / 2 }
            void view.setViewport({ x: (width - covered) / 2 - middle.x * to, y: height / 2 - middle.y * to, zoom: to }, { duration })
          }
        })
      },
    }
  }, [flow, view, canvas, layout, still])
}

/** How much of the canvas the panel covers. */
function panelWidth(): number {
  const panel = document.querySelector<HTMLElement>('aside[data-panel]')
  return panel && getComputedStyle(panel).position === 'absolute' ? panel.offsetWidth : 0
}

/** Does nothing: before the canvas is there, and where there is none. */
export const NO_FLOW: Flow = { zoomIn: nothing, zoomOut: nothing, fit: nothing, actual: nothing, reveal: nothing }

function nothing() {}
