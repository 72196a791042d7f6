import { expect, it } from 'vitest'
import { planText, secondsOf, spanText, totalOf, USUAL, waitsOf } from './retry'

it.each([['5s', 5], ['1h30m', 5400], ['2d', 172_800], ['90', 90], ['soon', undefined], ['', undefined]])('reads %j', (text, seconds) => expect(secondsOf(text)).toBe(seconds))

it('plans as the server does', () => {
  expect(waitsOf(null)).toBeUndefined()
  expect(waitsOf({ attempts: 1 })).toEqual([])
  expect(waitsOf({ attempts: 3 })).toEqual([5, 300])
  expect(waitsOf({ delays: ['1m', '5m'] })).toEqual([60, 300])
  expect(waitsOf({ attempts: 5, delays: ['1m', '5m'] })).toEqual([60, 300, 300, 300])
  expect(waitsOf({ attempts: 4, backoff: { initial: '10s', factor: 3, max: '1m' } })).toEqual([10, 30, 60])
})

it('says it in words', () => {
  expect(planText([])).toBe('At once, and not again.')
  expect(planText([5, 300, 7200])).toBe('At once, then after 5 seconds, 5 minutes, 2 hours.')
  expect(spanText(totalOf(USUAL))).toBe('3 days')
})
