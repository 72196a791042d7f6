// A document as the editor holds it: no list is missing, so that an edit and
// its inverse always find the same form.
import type { Branch, Definition, Step } from '../definition'

/** The lists that steps of a type own: "steps", "branches". */
export type ListsOf = (type: string) => readonly string[] | null | undefined

const NO_LISTS: ListsOf = () => undefined

/** Fills in the lists that a document may leave out. */
export function normal(definition: Partial<Definition> | null | undefined, lists: ListsOf = NO_LISTS): Definition {
  return {
    ...definition,
    schema: definition?.schema ?? 1,
    settings: definition?.settings ?? { contact: 'optional', timezone: null },
    triggers: (definition?.triggers ?? []).map((t) => ({ ...t, v: t.v ?? 1, params: t.params ?? {} })),
    steps: normalSteps(definition?.steps, lists),
  }
}

export const normalSteps = (steps: Step[] | null | undefined, lists: ListsOf = NO_LISTS): Step[] =>
  (steps ?? []).map((step) => normalStep(step, lists))

function normalStep(step: Step, lists: ListsOf): Step {
  const owned = lists(step.type) ?? []
  const next: Step = { ...step, v: step.v ?? 1, params: step.params ?? {} }
  if (step.branches || owned.includes('branches')) next.branches = (step.branches ?? []).map((b) => normalBranch(b, lists))
  else delete next.branches
  if (step.steps || owned.includes('steps')) next.steps = normalSteps(step.steps, lists)
  else delete next.steps
  if (step.on_error?.do === 'branch') next.on_error = { ...step.on_error, steps: normalSteps(step.on_error.steps, lists) }
  return next
}

const normalBranch = (branch: Branch, lists: ListsOf): Branch => ({ ...branch, steps: normalSteps(branch.steps, lists) })
