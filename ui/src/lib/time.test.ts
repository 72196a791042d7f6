import { expect, it } from 'vitest'
import { duration, instant, relativeTime } from './time'

const now = new Date('2026-03-01T12:00:00Z')
const at = (iso: string) => new Date(iso)

it.each([
  ['2026-03-01T11:59:55Z', 'just now'],
  ['2026-03-01T11:59:20Z', '40 seconds ago'],
  ['2026-03-01T11:55:00Z', '5 minutes ago'],
  ['2026-03-01T14:00:00Z', 'in 2 hours'],
])('%s reads %s', (iso, want) => expect(relativeTime(at(iso), now)).toBe(want))

it('names the date after a day', () => {
  expect(relativeTime(at('2026-02-20T12:00:00Z'), now)).toContain('20 Feb')
})

it.each([undefined, null, '', 'nonsense', '0001-01-01T00:00:00Z'])('takes %j as no time', (v) =>
  expect(instant(v)).toBeUndefined(),
)

it.each([
  ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.182Z', '182 ms'],
  ['2026-03-01T12:00:00Z', '2026-03-01T12:00:01.5Z', '1.5 s'],
  ['2026-03-01T12:00:00Z', '2026-03-01T12:01:05Z', '1 min 5 s'],
  ['2026-03-01T12:00:00Z', '2026-03-01T14:30:00Z', '2 h 30 min'],
  ['2026-03-01T12:00:01Z', '2026-03-01T12:00:00Z', '0 ms'],
])('%s to %s takes %s', (from, to, want) => expect(duration(from, to)).toBe(want))

it('has no duration without an end', () => expect(duration('2026-03-01T12:00:00Z', null)).toBeUndefined())
