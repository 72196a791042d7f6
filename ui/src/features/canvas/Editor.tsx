import { ReactFlowProvider } from '@xyflow/react'
import { useDocumentTitle, useMediaQuery } from '@mantine/hooks'
import { Suspense, useEffect, useMemo, useRef } from 'react'
import type { NodeType } from '../../api/nodeTypes'
import type { Workflow } from '../../api/workflows'
import { findStep } from '../../lib/document/tree'
import { text } from '../../lib/text'
import { canvas as words } from '../../lib/text/en/canvas'
import { ActionProvider } from './actions/context'
import type { Flow } from './actions/action'
import { useShortcuts } from './actions/useShortcuts'
import { Boundary } from './Boundary'
import { Canvas } from './Canvas'
import { ContextMenu } from './ContextMenu'
import { DeskProvider, VerdictProvider } from './desk'
import { Dialogs } from './dialogs/Dialogs'
import classes from './Editor.module.css'
import { Find } from './Find'
import { prepareForms } from './forms'
import { Header } from './header/Header'
import { StepList } from './list/StepList'
import { Outline } from './list/Outline'
import { Palette } from './palette/Palette'
import { Panel } from './panel/Panel'
import { RunBar } from './run/RunBar'
import { useOverlay } from './run/useOverlay'
import { EditorProvider, useEditor, useEditorStore } from './store'
import { SelectionBar } from './SelectionBar'
import { ToastProvider, useToast } from './Toast'
import { Toolbar } from './Toolbar'
import { useActionContext } from './useActionContext'
import { useCommandList } from './useCommandList'
import { NO_FLOW } from './useFlow'
import { useLayout } from './useLayout'
import { useSession } from './useSession'
import { useVerdictOf } from './useVerdictOf'

interface Props {
  ws: string
  /** As the server holds it now; newer ones come as props later. */
  workflow: Workflow
  types: ReadonlyMap<string, NodeType>
  /** Id of the run to show over the cards. */
  run: string | undefined
  /** Id of the step to begin with. */
  step: string | undefined
}

/** An open workflow with all that is around it. */
export function Editor(props: Props) {
  return (
    <ToastProvider>
      <Session {...props} />
    </ToastProvider>
  )
}

function Session({ ws, workflow, types, run, step }: Props) {
  const { store, desk } = useSession(ws, workflow, types, useToast())
  const verdict = useVerdictOf(desk, workflow)
  return (
    <EditorProvider value={store}>
      <DeskProvider value={desk}>
        <VerdictProvider value={verdict}>
          <ReactFlowProvider>
            <Workbench run={run} step={step} workflow={workflow} />
          </ReactFlowProvider>
        </VerdictProvider>
      </DeskProvider>
    </EditorProvider>
  )
}

function Workbench({ run, step, workflow }: Pick<Props, 'run' | 'step' | 'workflow'>) {
  const layout = useLayout()
  const flow = useRef<Flow>(NO_FLOW)
  const region = useRef<HTMLDivElement>(null)
  const actions = useActionContext(layout, flow, workflow)
  const name = useEditor((s) => s.draft.name)
  const panelOpen = useEditor((s) => s.panelOpen)
  const narrow = useMediaQuery('(max-width: 700px)', false, { getInitialValueInEffect: false })
  const overlay = useOverlay(run)
  useDocumentTitle(`${name} · ${text.app}`)
  useShortcuts(actions, region)
  useCommandList(actions)
  useKeepInView(flow, panelOpen)
  useFirstStep(step, flow)
  useEffect(() => {
    const timer = setTimeout(prepareForms, 300)
    return () => clearTimeout(timer)
  }, [])
  const boundary = useMemo(() => ({ title: words.crashed, help: words.crashedHelp }), [])
  return (
    <ActionProvider value={actions}>
      <ContextMenu>
        <div className={classes.editor} data-panel={panelOpen || undefined}>
          <Header />
          <div className={classes.body}>
            {run !== undefined && <RunBar overlay={overlay} runId={run} />}
            <Boundary {...boundary}>
              {narrow ? (
                <StepList region={region} />
              ) : (
                <div className={classes.stage}>
                  <Canvas layout={layout} flow={flow} region={region} />
                  <Toolbar />
                  <SelectionBar />
                  <Find />
                  <Outline />
                </div>
              )}
            </Boundary>
            {panelOpen && (
              <Boundary title={words.panelCrashed} help={words.crashedHelp} aside>
                <Panel />
              </Boundary>
            )}
          </div>
        </div>
        <Palette />
        <Suspense>
          <Dialogs />
        </Suspense>
      </ContextMenu>
    </ActionProvider>
  )
}

/** Begins at the step that the address names, such as one that a failure is about. */
function useFirstStep(step: string | undefined, flow: React.RefObject<Flow>) {
  const store = useEditorStore()
  useEffect(() => {
    const { draft, select } = store.getState()
    const isThere = step !== undefined && (findStep(draft.definition, step) ?? draft.definition.triggers?.some((t) => t.id === step))
    if (!isThere) return undefined
    select(step)
    const timer = setTimeout(() => flow.current.reveal(step), 100) // once the canvas stands
    return () => clearTimeout(timer)
  }, [store, step, flow])
}

/** When the panel opens over the canvas, the card that it is about stays in view. */
function useKeepInView(flow: React.RefObject<Flow>, panelOpen: boolean) {
  const current = useEditor((s) => s.current)
  useEffect(() => {
    if (panelOpen && current !== undefined) flow.current.reveal(current)
  }, [flow, panelOpen, current])
}
