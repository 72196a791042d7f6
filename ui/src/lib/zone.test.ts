import { afterEach, expect, it } from 'vitest'
import { exactTime, relativeTime } from './time'
import { beginOfDay, dayBefore, readerZone } from './zone'

afterEach(() => readerZone.set(undefined))

it.each([
  ['2026-03-01', 0, 'UTC', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01', 0, 'Europe/Berlin', '2026-02-28T23:00:00.000Z'],
  ['2026-03-29', 1, 'Europe/Berlin', '2026-03-29T22:00:00.000Z'], // the clocks went forward
  ['2026-10-25', 1, 'Europe/Berlin', '2026-10-25T23:00:00.000Z'], // and back
  ['2026-03-01', 0, 'Asia/Kathmandu', '2026-02-28T18:15:00.000Z'],
  ['2026-03-01', 0, 'Pacific/Kiritimati', '2026-02-28T10:00:00.000Z'],
])('%s and %i days begins in %s at %s', (day, plus, zone, want) => expect(beginOfDay(day, plus, zone)?.toISOString()).toBe(want))

it('takes nonsense as no day', () => expect(beginOfDay('yesterday')).toBeUndefined())

it('counts days back in the calendar of the zone', () => {
  const now = new Date('2026-03-01T03:00:00Z')
  expect(dayBefore(0, now, 'America/New_York')).toBe('2026-02-28')
  expect(dayBefore(1, now, 'Asia/Tokyo')).toBe('2026-02-28')
})

it('shows times in the zone that the reader chose', () => {
  const at = new Date('2026-03-01T23:30:00Z')
  readerZone.set('Asia/Tokyo')
  expect(exactTime(at)).toMatch(/2 Mar 2026.*08:30:00/)
  expect(relativeTime(at, new Date('2026-03-09T00:00:00Z'))).toBe('2 Mar, 08:30')
  readerZone.set('Mars/Olympus') // as a server with newer data may send
  expect(readerZone.get()).toBeUndefined()
})
