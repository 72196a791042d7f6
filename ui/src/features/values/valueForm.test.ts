import { expect, it } from 'vitest'
import { parseJson, printJson } from '../../lib/json'
import { kindOf, storedOf, typedOf } from './valueForm'

it.each(['"a text"', '12', '1.50', '820982911946154508', 'true', '[1, 820982911946154508]', '{"a": null}'])(
  '%s is stored again as it was',
  (json) => {
    const value = parseJson(json)
    const stored = storedOf(kindOf(value), typedOf(value))
    expect('value' in stored && printJson(stored.value)).toBe(printJson(value))
  },
)

it('says what is wrong instead of storing it', () => {
  expect(storedOf('number', '12,5')).toEqual({ problem: 'This is no number. Write it like 12 or 12.5.' })
  expect(storedOf('json', '{a: 1}')).toHaveProperty('problem')
})

it('keeps a text that looks like something else a text', () => {
  expect(storedOf('text', '012')).toEqual({ value: '012' })
  expect(kindOf('true')).toBe('text')
})
