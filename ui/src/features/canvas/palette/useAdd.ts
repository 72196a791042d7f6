import type { NodeType } from '../../../api/nodeTypes'
import { addTrigger, insertSteps, newStep, newTrigger } from '../../../lib/document/edit'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useActions } from '../actions/context'
import { useEditorStore } from '../store'
import type { Adding } from '../store/view'

/** Adds a step or trigger of a type, opens it, and begins at what there is to fill in. One undo takes it back. */
export function useAdd() {
  const store = useEditorStore()
  const { flow } = useActions()
  return (adding: Adding, type: NodeType) => {
    const { draft, edit, fillIn, focus, select, setTab, setView } = store.getState()
    const { definition } = draft
    const isTrigger = adding.what === 'trigger'
    const made = isTrigger ? newTrigger(definition, type) : newStep(definition, type, { yes: words.yes, otherwise: words.otherwise })
    if (!edit(isTrigger ? addTrigger(definition, made) : insertSteps(adding.place, [made]))) return
    setTab(undefined)
    if (isTrigger && (definition.triggers?.length ?? 0) >= 3) setView({ allTriggers: true })
    focus(made.id)
    select(made.id)
    if (asksForMore(type)) fillIn()
    flow.reveal(made.id)
  }
}

/** Whether the form of a new step begins with something to fill in; a trigger's only when it cannot work without. */
function asksForMore({ kind, fields }: NodeType): boolean {
  return (fields ?? []).some((f) => !f.advanced && !f.show_if && f.kind !== 'switch' && (f.default ?? undefined) === undefined && (kind !== 'trigger' || f.required))
}
