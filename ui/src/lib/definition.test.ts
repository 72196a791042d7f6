import { expect, it } from 'vitest'
import { mappingLabel, stretches, walk, type Step } from './definition'

it('splits a template at its mappings', () => {
  expect(stretches('Hi {{ trigger.body.name }}, you')).toEqual([
    { text: 'Hi ', mapping: false },
    { text: 'trigger.body.name', mapping: true },
    { text: ', you', mapping: false },
  ])
  expect(stretches('no mapping')).toEqual([{ text: 'no mapping', mapping: false }])
  expect(stretches('\\{{ literal }}')).toEqual([{ text: '\\{{ literal }}', mapping: false }])
  expect(stretches('{{ open')).toEqual([{ text: '{{ open', mapping: false }])
  expect(stretches('')).toEqual([])
})

it('names a mapping by the last part of its path', () => {
  expect(mappingLabel('trigger.body.first_name | lower()')).toBe('first name')
  expect(mappingLabel('first(a, b)')).toBe('first')
  expect(mappingLabel('"a" + b')).toBe('"a"')
})

it('walks branches, loops and error paths in reading order', () => {
  const leaf = (id: string): Step => ({ id, type: 'x' })
  const steps: Step[] = [
    { ...leaf('a'), branches: [{ id: 'b1', steps: [leaf('b')] }, { id: 'b2', steps: null }] },
    { ...leaf('c'), steps: [leaf('d')], on_error: { do: 'branch', steps: [leaf('e')] } },
  ]
  expect([...walk(steps)].map((s) => s.id)).toEqual(['a', 'b', 'c', 'd', 'e'])
})
