// What stands around a step: which steps ran before it, and in which loops it is.
import { walk, type Definition, type Step } from '../../lib/definition'

export interface Earlier {
  step: Step
  /** Its number in reading order, as on the cards. */
  number: number
  /** Whether every run that reaches this place has been through it. */
  certain: boolean
}

export interface Place {
  earlier: Earlier[]
  /** The loops around the step, the innermost first. */
  loops: Step[]
}

/** Numbers of all steps in reading order, from 1. */
export function stepNumbers(definition: Definition): Map<string, number> {
  return new Map([...walk(definition.steps)].map((step, index) => [step.id, index + 1]))
}

/** The place of a step; of a trigger, and of a step that is not there, nothing comes before. */
export function placeOf(definition: Definition, stepId: string): Place {
  const numbers = stepNumbers(definition)
  const found = search(definition.steps ?? [], stepId)
  if (!found) return { earlier: [], loops: [] }
  return {
    earlier: found.earlier.map(({ step, certain }) => ({ step, certain, number: numbers.get(step.id) ?? 0 })),
    loops: found.loops,
  }
}

interface Found {
  earlier: Omit<Earlier, 'number'>[]
  loops: Step[]
}

function search(list: Step[], id: string): Found | undefined {
  const before: Found['earlier'] = []
  for (const step of list) {
    if (step.id === id) return { earlier: before, loops: [] }
    const inside = within(step, id)
    if (inside) return { earlier: [...before, ...inside.earlier], loops: inside.loops }
    before.push({ step, certain: !step.disabled && step.on_error?.do !== 'continue' && step.on_error?.do !== 'branch' })
    for (const inner of walk(listsOf(step).flat())) before.push({ step: inner, certain: false })
  }
  return undefined
}

const listsOf = (step: Step): Step[][] => [
  ...(step.branches ?? []).map((branch) => branch.steps ?? []),
  step.steps ?? [],
  step.on_error?.steps ?? [],
]

/** Looks inside a container; the branch and the failed step themselves count as run, a loop does not yet. */
function within(step: Step, id: string): Found | undefined {
  const own = [{ step, certain: true }]
  for (const list of [...(step.branches ?? []).map((branch) => branch.steps), step.on_error?.steps]) {
    const found = search(list ?? [], id)
    if (found) return { earlier: [...own, ...found.earlier], loops: found.loops }
  }
  const found = search(step.steps ?? [], id)
  return found && { earlier: found.earlier, loops: [...found.loops, step] }
}
