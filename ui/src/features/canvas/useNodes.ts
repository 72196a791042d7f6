import type { Node } from '@xyflow/react'
import { useRef } from 'react'
import type { Item, Layout } from './layout/shape'
import { useEditor } from './store'

export type CanvasNode = Node<Item & Record<string, unknown>>

const BEHIND = new Set(['frame', 'triggers'])
const CHOSEN = new Set(['step', 'trigger', 'branch'])

/** A card that is being dragged stands where the mouse is. */
export interface Dragged {
  id: string
  x: number
  y: number
}

/**
 * What the canvas draws. Nodes that did not change stay the same objects, so
 * that only what changed is drawn again.
 */
export function useNodes({ items }: Layout, dragged: Dragged | undefined): CanvasNode[] {
  const selected = useEditor((s) => s.selected)
  const readOnly = useEditor((s) => s.readOnly)
  const known = useRef(new Map<string, CanvasNode>())
  const next = new Map<string, CanvasNode>()
  const nodes = items.map((item) => {
    const before = known.current.get(item.id)
    const at = dragged?.id === item.id ? dragged : item
    const isSelected = CHOSEN.has(item.kind) && selected.has(item.id)
    const draggable = item.kind === 'step' && !readOnly
    const same =
      before &&
      before.selected === isSelected &&
      before.draggable === draggable &&
      before.position.x === at.x &&
      before.position.y === at.y &&
      sameItem(before.data, item)
    const node = same ? before : newNode(item, at, isSelected, draggable)
    next.set(item.id, node)
    return node
  })
  known.current = next
  return nodes
}

function newNode(item: Item, at: { x: number; y: number }, selected: boolean, draggable: boolean): CanvasNode {
  const behind = BEHIND.has(item.kind)
  return {
    id: item.id,
    type: item.kind,
    position: { x: at.x, y: at.y },
    // Sizes are known, so that nothing has to be drawn to be measured.
    width: item.w,
    height: item.h,
    measured: { width: item.w, height: item.h },
    handles: [],
    data: item as CanvasNode['data'],
    selected,
    draggable,
    selectable: CHOSEN.has(item.kind),
    focusable: false,
    connectable: false,
    zIndex: behind ? -2 : 0,
    ...(behind ? { style: { pointerEvents: 'none' } } : {}),
  }
}

/** Whether two items draw the same, but for where they stand. */
function sameItem(a: object, b: object): boolean {
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return Object.keys(y).every((key) => Object.is(x[key], y[key]) || isSamePlain(x[key], y[key]))
}

/** Places and lists are made anew by each layout, and are small. */
function isSamePlain(a: unknown, b: unknown): boolean {
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object' || !('of' in a || 'list' in a)) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
