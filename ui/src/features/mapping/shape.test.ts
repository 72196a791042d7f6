import { expect, it } from 'vitest'
import { shapeOf, withEmpty, withFormat } from './shape'

it('reads what it writes', () => {
  for (const rule of ['keep', 'text', 'omit', 'null', 'stop'] as const) {
    const written = withEmpty('trigger.body.email | lower()', rule, 'say "no"\\')
    expect(shapeOf(written)).toMatchObject({ empty: rule, format: 'lower', emptyText: rule === 'text' || rule === 'stop' ? 'say "no"\\' : '' })
  }
  for (const [format, detail] of [['date', 'DD.MM.YYYY'], ['number', '2'], ['money', 'EUR'], ['upper', '']] as const) {
    expect(shapeOf(withFormat('a.b', format, detail))).toMatchObject({ format, detail, empty: 'keep' })
  }
})

it('writes the four rules of an empty value in the language', () => {
  expect(withEmpty('a.b', 'text', 'friend')).toBe('a.b | default("friend")')
  expect(withEmpty('a.b', 'omit', '')).toBe('a.b | omit()')
  expect(withEmpty('a.b', 'null', '')).toBe('a.b | as_null()')
  expect(withEmpty('a.b', 'stop', 'No e-mail')).toBe('a.b | stop("No e-mail")')
  expect(withEmpty('a.b | omit()', 'keep', '')).toBe('a.b')
})

it('keeps the rule of an empty value behind the format, and other functions where they are', () => {
  expect(withFormat('a.b | trim() | text_before("@") | default("x")', 'upper', '')).toBe('a.b | text_before("@") | upper() | default("x")')
  expect(withFormat('a.b | date_format("DD") | omit()', 'plain', '')).toBe('a.b | omit()')
})
