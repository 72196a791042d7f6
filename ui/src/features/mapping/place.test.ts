import { expect, it } from 'vitest'
import type { Definition, Step } from '../../lib/definition'
import { placeOf } from './place'

const step = (id: string, more: Partial<Step> = {}): Step => ({ id, type: 'x', ...more })
const definition: Definition = {
  schema: 1,
  steps: [
    step('a'),
    step('tier', {
      branches: [
        { id: 'vip', steps: [step('b'), step('c')] },
        { id: 'rest', steps: [step('d')] },
      ],
    }),
    step('each', { steps: [step('e'), step('inner', { steps: [step('f')] })] }),
    step('send', { on_error: { do: 'branch', steps: [step('g')] } }),
    step('h'),
  ],
}
const seen = (id: string) => placeOf(definition, id).earlier.map((e) => (e.certain ? e.step.id : `${e.step.id}?`))

it('lists what surely ran before a step, and what may have', () => {
  expect(seen('a')).toEqual([])
  expect(seen('c')).toEqual(['a', 'tier', 'b'])
  expect(seen('d')).toEqual(['a', 'tier'])
  expect(seen('each')).toEqual(['a', 'tier', 'b?', 'c?', 'd?'])
  expect(seen('g').slice(-1)).toEqual(['send'])
  expect(seen('h').slice(-2)).toEqual(['send?', 'g?'])
  expect(seen('nobody')).toEqual([])
})

it('knows the loops around a step, the innermost first, and numbers in reading order', () => {
  expect(placeOf(definition, 'f').loops.map((s) => s.id)).toEqual(['inner', 'each'])
  expect(placeOf(definition, 'f').earlier.map((e) => e.step.id)).not.toContain('each')
  expect(placeOf(definition, 'h').earlier.map((e) => e.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})
