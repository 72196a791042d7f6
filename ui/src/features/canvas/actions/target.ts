// What the selection means for an action: steps, triggers and branches apart.
import type { Branch, Step, Trigger } from '../../../lib/definition'
import { findBranch, findStep } from '../../../lib/document/tree'
import type { ActionContext } from './action'

export interface Targets {
  steps: Step[]
  triggers: Trigger[]
  branches: { step: string; branch: Branch }[]
}

/** What is selected and still there. */
export function targets({ store }: ActionContext): Targets {
  const { draft, selected } = store.getState()
  const found: Targets = { steps: [], triggers: [], branches: [] }
  for (const id of selected) {
    const [step = '', branch] = id.split('/')
    const at = branch === undefined ? undefined : findBranch(draft.definition, step, branch)
    const own = branch === undefined ? findStep(draft.definition, id) : undefined
    const trigger = draft.definition.triggers?.find((t) => t.id === id)
    if (at) found.branches.push({ step, branch: at })
    else if (own) found.steps.push(own)
    else if (trigger) found.triggers.push(trigger)
  }
  return found
}

export const canEdit = ({ store }: ActionContext): boolean => !store.getState().readOnly

/** Whether steps are selected, and nothing else matters. */
export const hasSteps = (c: ActionContext): boolean => canEdit(c) && targets(c).steps.length > 0

/** The one step or trigger that is selected; undefined when there are several. */
export function single(c: ActionContext): Step | Trigger | undefined {
  const { steps, triggers, branches } = targets(c)
  return steps.length + triggers.length === 1 && branches.length === 0 ? (steps[0] ?? triggers[0]) : undefined
}
