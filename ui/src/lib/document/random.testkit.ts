// Random documents and edits of them, for the tests of this folder.
import fc from 'fast-check'
import type { Definition, Step } from '../definition'
import { duplicateSteps, insertSteps, moveSteps, patchBranch, patchStep, removeBranch, removeSteps, setOnError, shiftBranch, toggleEnd, addBranch, addTrigger, removeTriggers } from './edit'
import { copySteps } from './copy'
import type { Draft, Op } from './op'
import { normal } from './normal'
import { listsOf, ROOT, sites, type ListRef } from './tree'

type Shape = { kind: 'leaf' | 'branch' | 'loop' | 'error'; inner: Shape[][]; name: string }

function shapesOf(depth: number): fc.Arbitrary<Shape[]> {
  const inner = depth === 0 ? fc.constant<Shape[][]>([]) : fc.array(shapesOf(depth - 1), { maxLength: 3 })
  const kind = fc.constantFrom<Shape['kind']>('leaf', 'leaf', 'branch', 'loop', 'error')
  return fc.array(fc.record({ kind, inner, name: fc.string({ maxLength: 5 }) }), { maxLength: 4 })
}

function build(all: Shape[], next: () => number): Step[] {
  return all.map((shape) => {
    const n = next()
    const earlier = Math.max(1, n - 1)
    const step: Step = { id: `s_${n}`, type: 'x.y', v: 1, name: shape.name, params: { value: `{{ steps.s_${earlier}.out }}` } }
    const lists = shape.inner.map((inner) => build(inner, next))
    if (shape.kind === 'branch') step.branches = lists.map((steps, i) => ({ id: `b_${i}`, name: `B${i}`, when: 'true', steps }))
    if (shape.kind === 'loop') step.steps = lists[0] ?? []
    if (shape.kind === 'error') step.on_error = { do: 'branch', steps: lists[0] ?? [] }
    return step
  })
}

export const definitions: fc.Arbitrary<Definition> = shapesOf(3).map((all) => {
  let n = 0
  return normal({ schema: 1, triggers: [{ id: 'start', type: 't.t' }], steps: build(all, () => ++n) })
})

/** Every list of a document. */
export function allLists(definition: Definition): ListRef[] {
  const inner = [...sites(definition).values()].flatMap(({ step }) => [...listsOf(step)].map(([list]) => list))
  return [ROOT, ...inner]
}

/** Random numbers that choose an edit; the same numbers choose the same. */
export type Dice = [number, number, number, number]
export const dice: fc.Arbitrary<Dice> = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat())

const pick = <T,>(list: T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

/** An edit as the editor would make it; undefined when the dice chose one that changes nothing. */
export function edit({ definition, name }: Draft, [what, who, where, extra]: Dice): Op | undefined {
  const ids = [...sites(definition).keys()]
  const id = pick(ids, who) ?? ''
  const several = [id, pick(ids, extra) ?? '']
  const list = pick(allLists(definition), where) ?? ROOT
  const length = [...sites(definition).values()].filter((s) => JSON.stringify(s.place.list) === JSON.stringify(list)).length
  const place = { list, index: extra % (length + 1) }
  const step = sites(definition).get(id)?.step
  const branch = pick(step?.branches ?? [], extra)?.id ?? ''
  const edits: (() => Op | undefined)[] = [
    () => insertSteps(place, copySteps([{ id: 'new', type: 'x.y', v: 1, params: {} }], definition)),
    () => removeSteps(definition, several),
    () => moveSteps(definition, several, place),
    () => duplicateSteps(definition, several)?.op,
    () => patchStep(definition, id, { name: `N${extra}`, disabled: extra % 2 ? true : undefined, note: undefined }),
    () => addBranch(definition, id, `B ${extra}`)?.op,
    () => removeBranch(definition, id, branch),
    () => shiftBranch(definition, id, branch, extra % 2 ? 1 : -1),
    () => patchBranch(definition, id, branch, { name: `R${extra}`, when: null }),
    () => setOnError(definition, id, extra % 2 ? { do: 'branch' } : undefined),
    () => toggleEnd(definition, list, 1),
    () => addTrigger(definition, { id: `t_${extra}`, type: 't.t', params: {} }),
    () => removeTriggers(definition, new Set(['start'])),
    () => ({ op: 'name', name: `${name}!` }),
    () => ({ op: 'settings', settings: { contact: 'required' } }),
  ]
  return edits[what % edits.length]?.()
}
