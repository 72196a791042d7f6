import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, holdsMapping, onlyMapping, parseTemplate, unescapeText } from './template'

/** Text in which everything that means something comes up often. */
const hostile = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('{{', '}}', '{', '}', '\\', '"', "'", '`', '//', '/*', '*/', '\n', ' ', '|') }, fc.string({ unit: 'grapheme', maxLength: 6 })))
  .map((pieces) => pieces.join(''))

describe('parseTemplate', () => {
  it('gives back what it was given, whatever that is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { parts } = parseTemplate(text)
        expect(parts.map((part) => part.raw).join('')).toBe(text)
        let at = 0
        for (const part of parts) {
          expect([part.from, text.slice(part.from, part.to)]).toEqual([at, part.raw])
          at = part.to
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each<[string, string[]]>([
    ['Hi {{ a.b }}, {{c}}!', ['Hi ', '{{ a.b }}', ', ', '{{c}}', '!']],
    ['\\{{ literal }}', ['\\{{ literal }}']],
    ['\\\\{{ a }}', ['\\\\', '{{ a }}']],
    ['{{ {a: {b: 1}} }}', ['{{ {a: {b: 1}} }}']],
    ['{{ "}}" + `}}` }}', ['{{ "}}" + `}}` }}']],
    ['{{ a /* }} */ }}', ['{{ a /* }} */ }}']],
    ['a }} b', ['a }} b']],
    ['', []],
  ])('cuts %j', (text, raws) => {
    const { parts, fault } = parseTemplate(text)
    expect(parts.map((p) => p.raw)).toEqual(raws)
    expect(fault).toBeUndefined()
  })

  it.each([
    ['Hello {{ name', { code: 'open', from: 6, to: 8 }],
    ['{{ a }} {{ "x }}', { code: 'quote', from: 11, to: 12 }],
    ['{{ a } }}', { code: 'brace', from: 5, to: 6 }],
  ])('says where %j goes wrong', (text, fault) => {
    expect(parseTemplate(text).fault).toEqual(fault)
  })
})

it('escapes text so that it means itself', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const escaped = escapeText(text)
      expect(holdsMapping(escaped)).toBe(false)
      expect(unescapeText(escaped)).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

it('knows a template that is one mapping only', () => {
  expect(onlyMapping('{{ a.b }}')).toBe('a.b')
  expect(onlyMapping(' {{ a.b }}')).toBeUndefined()
  expect(onlyMapping('{{ a }}{{ b }}')).toBeUndefined()
})
