import { expect, it } from 'vitest'
import { diffValues } from './diffValues'
import { parseJson } from './json'

const paths = (a: unknown, b: unknown) => diffValues(a, b, 'trigger').differences.map((d) => d.path)

it('names each place where two values differ', () => {
  expect(paths({ a: 1, b: [1, 2], c: { d: 'x' } }, { a: 1, b: [1, 3, 4], c: { e: 'x' } })).toEqual([
    'trigger.b[1]',
    'trigger.b[2]',
    'trigger.c.d',
    'trigger.c.e',
  ])
})

it('finds nothing in equal values, big numbers included', () => {
  const text = '{"id": 820982911946154508, "list": [1.50, null, {}]}'
  expect(paths(parseJson(text), parseJson(text))).toEqual([])
  expect(paths(parseJson('820982911946154508'), parseJson('820982911946154509'))).toEqual(['trigger'])
})

it('tells a list from an object and a gap from null', () => {
  expect(paths([], {})).toEqual(['trigger'])
  expect(diffValues({}, { a: null }).differences).toEqual([{ path: 'a', left: undefined, right: null }])
})

it('stops at its limit and counts on', () => {
  const all = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))
  const { differences, more } = diffValues(all, {}, '', 100)
  expect([differences.length, more]).toEqual([100, 400])
})
