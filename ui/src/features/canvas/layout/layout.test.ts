import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Definition, Step } from '../../../lib/definition'
import { definitions } from '../../../lib/document/random.testkit'
import { sites } from '../../../lib/document/tree'
import { layout } from './layout'
import type { Item, View } from './shape'

const open: View = { folded: () => false, allTriggers: false }

const overlap = (a: Item, b: Item) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

it('shows every step once, and nothing over anything else', () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const { items } = layout(definition, open)
      expect(new Set(items.map((i) => i.id)).size).toBe(items.length)
      expect(items.filter((i) => i.kind === 'step').map((i) => i.id).sort()).toEqual([...sites(definition).keys()].sort())
      const solid = items.filter((i) => i.kind !== 'frame' && i.kind !== 'triggers' && i.kind !== 'addBranch')
      const over = solid.flatMap((a, n) => solid.slice(n + 1).filter((b) => overlap(a, b)).map((b) => [a.id, b.id]))
      expect(over).toEqual([])
    }),
    { numRuns: 40 },
  )
})

it('folds to one line what the view folds', () => {
  const definition: Definition = {
    schema: 1,
    steps: [{ id: 'b', type: 'flow.branch', branches: ['x', 'y'].map((id) => ({ id, when: 'true', steps: [{ id: `in_${id}`, type: 'x.y' }] })) }],
  }
  const { items } = layout(definition, { ...open, folded: (_list, position) => position === 1 })
  const ids = items.map((i) => i.id)
  expect(ids).toContain('in_x')
  expect(ids).toContain('-b/y')
  expect(ids).not.toContain('in_y')
})

it('says where branches end, and what becomes of an empty one', () => {
  const stop: Step = { id: 'stop', type: 'flow.stop' }
  const definition: Definition = {
    schema: 1,
    steps: [{ id: 'b', type: 'flow.branch', branches: [{ id: 'x', when: 'true', steps: [stop] }, { id: 'y', steps: [] }] }],
  }
  const says = layout(definition, open).items.flatMap((i) => (i.kind === 'tail' || i.kind === 'join' ? [i.says] : []))
  expect(says).toEqual(['ends', 'nothing', 'some', 'end'])
})

it('folds the triggers after the third', () => {
  const triggers = Array.from({ length: 7 }, (_, i) => ({ id: `t${i}`, type: 'webhook.catch' }))
  const kinds = (view: View) => layout({ schema: 1, triggers }, view).items.map((i) => (i.kind === 'moreTriggers' ? `+${i.hidden}` : i.kind))
  expect(kinds(open).filter((k) => k === 'trigger' || k === '+4')).toEqual(['trigger', 'trigger', 'trigger', '+4'])
  expect(kinds({ ...open, allTriggers: true }).filter((k) => k === 'trigger')).toHaveLength(7)
})

it('takes time in proportion to the number of steps', () => {
  const chain = (n: number): Definition => ({ schema: 1, steps: Array.from({ length: n }, (_, i) => ({ id: `s${i}`, type: 'x.y' })) })
  const start = performance.now()
  layout(chain(2_000), open)
  expect(performance.now() - start).toBeLessThan(250)
})
