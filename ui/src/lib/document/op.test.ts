import fc from 'fast-check'
import { expect, it } from 'vitest'
import { removeSteps } from './edit'
import { apply, OpError, type Draft, type Op } from './op'
import { definitions, dice, edit } from './random.testkit'
import { sites } from './tree'

it('takes every edit back to exactly what was before', () => {
  fc.assert(
    fc.property(definitions, fc.array(dice, { minLength: 1, maxLength: 12 }), (definition, throws) => {
      const first: Draft = { name: 'W', definition }
      const before = structuredClone(first)
      const undo: Op[] = []
      const states: Draft[] = []
      let draft = first
      for (const thrown of throws) {
        const op = edit(draft, thrown)
        if (!op) continue
        states.push(draft)
        const applied = apply(draft, op)
        undo.push(applied.inverse)
        draft = applied.draft
      }
      expect(first).toEqual(before) // nothing was changed in place
      const redo: Op[] = []
      const last = draft
      while (undo.length > 0) {
        const applied = apply(draft, undo.pop() as Op)
        redo.push(applied.inverse)
        draft = applied.draft
        expect(draft).toEqual(states.pop())
      }
      while (redo.length > 0) draft = apply(draft, redo.pop() as Op).draft
      expect(draft).toEqual(last)
    }),
    { numRuns: 300 },
  )
})

it('never gives two steps one id, nor loses a step by moving it', () => {
  fc.assert(
    fc.property(definitions, dice, (definition, [, who, where, extra]) => {
      const draft: Draft = { name: 'W', definition }
      for (const what of [0, 2, 3]) {
        const op = edit(draft, [what, who, where, extra])
        const after = op ? apply(draft, op).draft.definition : definition
        const ids = [...sites(after).values()].map((s) => s.step.id)
        expect(ids).toHaveLength(sites(after).size)
        if (what === 2) expect([...ids].sort()).toEqual([...sites(definition).keys()].sort())
        else expect(ids.length).toBeGreaterThanOrEqual(sites(definition).size)
      }
    }),
  )
})

it('refuses a change of what is gone, and has changed nothing', () => {
  const draft: Draft = { name: 'W', definition: { schema: 1, triggers: [], steps: [{ id: 'a', type: 'x.y' }] } }
  const bad: Op[] = [
    { op: 'step', next: { id: 'b', type: 'x.y' } },
    { op: 'branch', step: 'a', next: { id: 'b' } },
    { op: 'steps', list: { of: 'branch', step: 'a', branch: 'b' }, index: 0, remove: 0, insert: [] },
    { op: 'steps', list: { of: 'root' }, index: 1, remove: 1, insert: [] },
    { op: 'many', ops: [{ op: 'name', name: 'X' }, { op: 'trigger', next: { id: 't', type: 't.t' } }] },
  ]
  for (const op of bad) expect(() => apply(draft, op)).toThrow(OpError)
  expect(removeSteps(draft.definition, ['b'])).toBeUndefined()
})
