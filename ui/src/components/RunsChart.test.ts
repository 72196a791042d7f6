import { expect, it } from 'vitest'
import { niceCeiling } from './RunsChart'

it.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [11, 20],
  [50, 50],
  [51, 100],
  [1_284, 2_000],
  [9_999, 10_000],
])('%i fits below %i', (n, want) => expect(niceCeiling(n)).toBe(want))
