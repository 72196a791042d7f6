import { expect, it } from 'vitest'
import { senderLine } from './senderLine'

it.each([
  ['Ada', 'ada@example.com', 'Ada <ada@example.com>'],
  ['Ada', '', 'Ada (the mail server’s own sender)'],
  ['', 'ada@example.com', '<ada@example.com>'],
])('writes %s and %s as %s', (from_name, from_email, line) => {
  expect(senderLine({ from_name, from_email })).toBe(line)
})
