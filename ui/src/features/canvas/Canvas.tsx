import '@xyflow/react/dist/base.css'
import { ReactFlow, useReactFlow, type NodeChange, type NodeTypes, type OnNodeDrag } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState, type MouseEvent, type RefObject } from 'react'
import { placeKey } from '../../lib/document/edit'
import { canvas as words } from '../../lib/text/en/canvas'
import type { Flow } from './actions/action'
import { useActions } from './actions/context'
import { moveTo } from './actions/remove'
import classes from './Canvas.module.css'
import { useMenu } from './ContextMenu'
import { dropTarget } from './drop'
import type { Layout } from './layout/shape'
import { Lines } from './Lines'
import { MiniMap } from './MiniMap'
import { AddBranchNode, BranchNode, ErrorPathNode, NoneOfNode } from './nodes/BranchNode'
import { PlusNode } from './nodes/PlusNode'
import { FoldedNode, FrameNode, JoinNode, TailNode } from './nodes/SmallNodes'
import { StepNode } from './nodes/StepNode'
import { AddTriggerNode, MoreTriggersNode, TriggersNode } from './nodes/TriggerNodes'
import { useEditor, useEditorStore } from './store'
import { useArrows } from './useArrows'
import { useFlow } from './useFlow'
import { useNodes, type CanvasNode, type Dragged } from './useNodes'

const NODE_TYPES: NodeTypes = {
  step: StepNode,
  trigger: StepNode,
  plus: PlusNode,
  branch: BranchNode,
  errorPath: ErrorPathNode,
  noneOf: NoneOfNode,
  addBranch: AddBranchNode,
  folded: FoldedNode,
  tail: TailNode,
  join: JoinNode,
  frame: FrameNode,
  triggers: TriggersNode,
  addTrigger: AddTriggerNode,
  moreTriggers: MoreTriggersNode,
} as unknown as NodeTypes

const NO_EDGES: never[] = []

interface Props {
  layout: Layout
  /** Filled with what moves the view, for actions. */
  flow: RefObject<Flow>
  region: RefObject<HTMLDivElement | null>
}

/** The workflow as a flow of cards that can be panned and zoomed. */
export function Canvas({ layout, flow, region }: Props) {
  const store = useEditorStore()
  const menu = useMenu()
  const [dragged, setDragged] = useState<Dragged>()
  const nodes = useNodes(layout, dragged)
  const drag = useDragging(layout, setDragged)
  useArrows(region, layout)
  useFlow(flow, layout)

  const boxing = useRef(false)
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      // Clicks are answered below; only the box that Shift draws selects by itself.
      const selects = boxing.current ? changes.filter((c) => c.type === 'select') : []
      if (selects.length === 0) return
      const { selected, selectAll } = store.getState()
      const next = new Set(selected)
      for (const change of selects) {
        if (change.selected) next.add(change.id)
        else next.delete(change.id)
      }
      if (next.size !== selected.size || [...next].some((id) => !selected.has(id))) selectAll(next)
    },
    [store],
  )
  const onNodeClick = useCallback(
    (event: MouseEvent, node: CanvasNode) => {
      if (!node.selectable || isControl(event.target)) return
      const { toggle, select } = store.getState()
      if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(node.id)
      else select(node.id)
    },
    [store],
  )
  return (
    <section className={classes.region} ref={region} aria-label={words.region} tabIndex={-1}>
      <ReactFlow<CanvasNode>
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        onNodesChange={onNodesChange}
        onSelectionStart={() => {
          boxing.current = true
        }}
        onSelectionEnd={() => {
          boxing.current = false
        }}
        onNodeClick={onNodeClick}
        onNodeContextMenu={(event, node) => {
          if (node.type === 'step' || node.type === 'trigger') menu.open(event as MouseEvent<HTMLElement>, node.id)
        }}
        onPaneClick={() => {
          store.getState().select(undefined)
          region.current?.focus({ preventScroll: true })
        }}
        {...drag}
        onlyRenderVisibleElements
        minZoom={0.1}
        maxZoom={1.6}
        nodeDragThreshold={6}
        selectNodesOnDrag={false}
        elevateNodesOnSelect={false}
        panOnScroll
        zoomOnDoubleClick={false}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        nodesFocusable={false}
        edgesFocusable={false}
        nodesConnectable={false}
        proOptions={{ hideAttribution: true }}
      >
        <Lines layout={layout} />
        <FirstView layout={layout} />
      </ReactFlow>
      <MiniMap layout={layout} />
    </section>
  )
}

/** Buttons within a node that do something of their own. */
const isControl = (target: EventTarget) => target instanceof Element && target.closest('button:not([data-card]), a') !== null

/** How far below the top the flow begins; where it is as wide as the canvas, below the tools in the corner. */
const TOP = 24
const BELOW_TOOLS = 72
/** What the tools in the corner take of the width. */
const TOOLS = 200

/** Begins at the top of the flow, in the middle. */
function FirstView({ layout }: { layout: Layout }) {
  const { setViewport, getViewport } = useReactFlow()
  const done = useRef(false)
  useEffect(() => {
    if (done.current) return
    done.current = true
    const width = document.querySelector('.react-flow')?.clientWidth ?? 0
    const zoom = layout.bounds.w > 2.2 * width ? 0.8 : 1
    // The flow's own middle is its zero.
    const first = width / 2 + layout.bounds.x * zoom
    void setViewport({ ...getViewport(), x: width / 2, y: first < TOOLS ? BELOW_TOOLS : TOP, zoom })
  }, [layout, setViewport, getViewport])
  return null
}

/** Dragging a card to another +; the flow itself is laid out anew when it lands. */
function useDragging(layout: Layout, setDragged: (dragged: Dragged | undefined) => void) {
  const store = useEditorStore()
  const actions = useActions()
  const readOnly = useEditor((s) => s.readOnly)
  const move: OnNodeDrag<CanvasNode> = (_event, node) => {
    const { x, y } = node.position
    setDragged({ id: node.id, x, y })
    const target = dropTarget(layout, store.getState().draft.definition, node.id, x, y)
    store.getState().setView({ dropAt: target && `+${placeKey(target)}`, dragging: true })
  }
  const stop: OnNodeDrag<CanvasNode> = (_event, node) => {
    const { x, y } = node.position
    const { draft, setView, selected } = store.getState()
    const target = dropTarget(layout, draft.definition, node.id, x, y)
    setDragged(undefined)
    setView({ dropAt: undefined, dragging: false })
    if (target) moveTo(actions, selected.has(node.id) ? [...selected] : [node.id], target)
  }
  return { nodesDraggable: !readOnly, onNodeDrag: move, onNodeDragStop: stop }
}
