import { expect, test } from 'vitest'
import { keysOf, pointerTo } from './pointer'

test('pointers name keys with any letters', () => {
  expect(pointerTo('/params', 'a/b~c')).toBe('/params/a~1b~0c')
  expect(pointerTo('', 3)).toBe('/3')
  expect(keysOf('')).toEqual([])
  for (const key of ['plain', 'a/b', 'm~n', '~1', '~01', '']) expect(keysOf(pointerTo('/in', key))).toEqual(['in', key])
})
