import { expect, it } from 'vitest'
import { opener } from './trigger'

it.each([
  ['{{', 'opens', 2],
  ['Hi {{', 'text', 2],
  ['\\{{', 'opens', 0],
  ['\\\\{{', 'opens', 2],
  ['/', 'opens', 1],
  ['Hi /', 'opens', 1],
  ['line\n/', 'opens', 1],
  ['and/', 'opens', 0],
  ['https:/', 'opens', 0],
  ['/', 'text', 0],
  ['a /', 'text', 0],
  ['{', 'opens', 0],
] as const)('%j in a field where a slash is %s', (before, slash, want) => expect(opener(before, slash)).toBe(want))
