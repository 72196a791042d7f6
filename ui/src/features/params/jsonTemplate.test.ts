import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJson } from '../../lib/json'
import { printJsonTemplate, readJsonTemplate } from './jsonTemplate'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('{{ trigger.body.name }}', 'Hi {{ a["Your \\"e-mail\\"?"] }}!', '{{ a | default("x, }}") }}', '\\{{ literal', 'say "no"', '\\', '{{ open'),
)

it('reads back every value that it prints', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
  })).value
  fc.assert(
    fc.property(value, (v) => void expect(readJsonTemplate(printJsonTemplate(v))).toEqual({ value: v })),
    { numRuns: 1000 },
  )
})

it('takes mappings with and without quotes', () => {
  const want = { value: { a: '{{ x["y"] }}', b: 'Hi {{ x }}' } }
  expect(readJsonTemplate('{"a": {{ x["y"] }}, "b": "Hi {{ x }}"}')).toEqual(want)
  expect(readJsonTemplate('{"a": "{{ x["y"] }}", "b": "Hi {{ x }}"}')).toEqual(want)
})

it('keeps big integers exactly', () => {
  expect(printJsonTemplate(parseJson('{"id": 820982911946154508}'))).toBe('{\n  "id": 820982911946154508\n}')
})

it('says what cannot be read', () => {
  expect(readJsonTemplate('{"a": }')).toHaveProperty('error')
  expect(readJsonTemplate('{"a": {{ x }')).toEqual({ error: 'braces' })
})
