import { describe, expect, it } from 'vitest'
import { ExactNumber, isEmpty, parseJson, printJson } from './json'

describe('parseJson and printJson', () => {
  it.each([
    '820982911946154508',
    '-820982911946154508',
    '{"id":820982911946154508,"n":1}',
    '{"price":19.90,"big":1e400,"text":"820982911946154508 \\" 1e5"}',
    '[1,2.5,true,null,"a",{"b":[]}]',
    '{"820982911946154508":"key"}',
    '{"zero":-0,"list":[12345678901234567890,12345678901234567891]}',
  ])('keep %s to the last digit', (text) => {
    const shown = printJson(parseJson(text))
    expect(shown.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
  })

  it('leaves ordinary numbers numbers', () => {
    expect(parseJson('{"a":1,"b":2.5}')).toEqual({ a: 1, b: 2.5 })
  })

  it('keeps what cannot be held as its own text', () => {
    expect(parseJson('12345678901234567890')).toEqual(new ExactNumber('12345678901234567890'))
  })

  it('refuses what is not JSON', () => {
    expect(() => parseJson('{"a":')).toThrow(SyntaxError)
    expect(() => parseJson('12345678901234567890 x')).toThrow(SyntaxError)
  })

  it('prints nothing for a missing value', () => {
    expect(printJson(undefined)).toBe('')
  })

  it('reads a long document in reasonable time', () => {
    const long = `[${Array.from({ length: 50_000 }, (_, i) => `{"id":82098291194615${1000 + (i % 9000)}}`).join(',')}]`
    const start = performance.now()
    printJson(parseJson(long))
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('isEmpty', () => {
  it.each([undefined, null, '', [], {}])('takes %j as empty', (v) => expect(isEmpty(v)).toBe(true))
  it.each([0, false, ' ', [null], { a: 1 }, new ExactNumber('1')])('takes %j as something', (v) =>
    expect(isEmpty(v)).toBe(false),
  )
})
