import { expect, it } from 'vitest'
import { visibleRows } from './visibleRows'

const view = { view: 900, height: 60, total: 10_000, overscan: 10 }

it('covers the window and a margin at both edges, wherever it is scrolled to', () => {
  for (let scrolled = 0; scrolled < 60 * 10_000; scrolled += 997) {
    const [from, to] = visibleRows({ ...view, top: 200 - scrolled })
    expect(from).toBeLessThanOrEqual(Math.max(0, Math.floor((scrolled - 200) / 60)))
    expect(to).toBeGreaterThanOrEqual(Math.min(10_000, Math.ceil((scrolled + 700) / 60)))
    expect(to - from).toBeLessThan(42)
  }
})

it('stays within the list', () => {
  expect(visibleRows({ ...view, total: 3, top: 300 })).toEqual([0, 3])
  expect(visibleRows({ ...view, total: 0, top: 300 })).toEqual([0, 0])
  expect(visibleRows({ ...view, total: 5, top: -90_000 })).toEqual([5, 5])
})
