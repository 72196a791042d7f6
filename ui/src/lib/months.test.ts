import { expect, test } from 'vitest'
import { lastMonths, monthName } from './months'

test('months go back over the turn of the year, in UTC', () => {
  expect(lastMonths(new Date('2026-01-31T23:59:59Z'), 3)).toEqual(['2026-01', '2025-12', '2025-11'])
  expect(lastMonths(new Date('2026-03-31T12:00:00Z'), 2)).toEqual(['2026-03', '2026-02'])
})

test('months have names', () => {
  expect(monthName('2026-11')).toBe('November 2026')
})
