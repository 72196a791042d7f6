import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePath, parsePipe, printPath, printPipe, quote, readQuoted, splitTop, withCall, withoutCalls, type Path } from './expression'
import { parseTemplate } from './template'

const name = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('Your e-mail?', 'a.b', 'a"b', "it's", 'back\\slash', '}}', '{{', 'ünï', '日本', 'in', 'a\nb', ''))
const path: fc.Arbitrary<Path> = fc
  .array(fc.oneof(name, fc.nat(999)), { maxLength: 6 })
  .map((keys) => ['trigger', ...keys])

describe('paths', () => {
  it('come back from their print, whatever their names hold', () => {
    fc.assert(fc.property(path, (keys) => void expect(parsePath(printPath(keys))).toEqual(keys)), { numRuns: 2000 })
  })

  it('never end the mapping that they stand in', () => {
    fc.assert(
      fc.property(path, (keys) => {
        const { parts, fault } = parseTemplate(`a {{ ${printPath(keys)} }} b`)
        expect(fault).toBeUndefined()
        expect(parts.map((p) => p.kind)).toEqual(['text', 'mapping', 'text'])
      }),
      { numRuns: 2000 },
    )
  })

  it.each<[string, Path | undefined]>([
    ['trigger.body.email', ['trigger', 'body', 'email']],
    ['trigger.body["Your e-mail?"]', ['trigger', 'body', 'Your e-mail?']],
    ["a['b'][0]?.c", ['a', 'b', 0, 'c']],
    ['a?.[0]', ['a', 0]],
    ['größe.straße', ['größe', 'straße']],
    ['a.b + 1', undefined],
    ['lower(a)', undefined],
    ['a[i]', undefined],
    ['true', undefined],
    ['"text"', undefined],
    ['', undefined],
  ])('reads %s', (source, want) => expect(parsePath(source)).toEqual(want))
})

it('quotes text so that it reads back', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(readQuoted(quote(text))).toBe(text)), { numRuns: 2000 })
  expect(quote('\b\f\\b')).toBe('"\\u0008\\u000c\\\\b"')
})

describe('pipes', () => {
  const call = fc.record({
    name: fc.constantFrom('lower', 'default', 'date_format'),
    args: fc.array(fc.oneof(name.map(quote), fc.constantFrom('1', 'nil', '[1, 2]', '{a: "x, |y"}', 'f(1, 2)')), { maxLength: 3 }),
  })

  it('come back from their print', () => {
    fc.assert(
      fc.property(path, fc.array(call, { maxLength: 4 }), (keys, calls) => {
        const pipe = { base: printPath(keys), path: keys, calls }
        expect(parsePipe(printPipe(pipe))).toEqual(pipe)
      }),
      { numRuns: 1000 },
    )
  })

  it('keep formulas as they are', () => {
    for (const formula of ['a || b', 'a > 1 ? "x" : "y"', 'map(items, #.sku + " | ")', 'a | b', 'a | f(1']) {
      expect(parsePipe(formula)).toEqual({ base: formula, path: undefined, calls: [] })
    }
  })

  it('split outside of quotes and brackets only', () => {
    expect(splitTop('a, "b, c", f(d, e)', ',')).toEqual(['a', ' "b, c"', ' f(d, e)'])
    expect(splitTop('a || b | c()', '|')).toEqual(['a || b ', ' c()'])
    expect(splitTop('f(a', ',')).toBeUndefined()
  })
})

it('puts a function in the place of one of its kind', () => {
  expect(withCall('a.b', { name: 'lower', args: [] })).toBe('a.b | lower()')
  expect(withCall('a.b | upper() | trim()', { name: 'lower', args: [] }, ['lower', 'upper'])).toBe('a.b | lower() | trim()')
  expect(withCall('a + b', { name: 'text', args: [] })).toBe('a + b | text()')
  expect(withCall('a ? b : c', { name: 'lower', args: [] })).toBe('(a ? b : c) | lower()')
  expect(withoutCalls('a.b | lower() | default("x")', ['default'])).toBe('a.b | lower()')
})
