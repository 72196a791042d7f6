import { expect, it } from 'vitest'
import { memberPath } from './treePath'

it.each([
  ['trigger.body', 'email', 'trigger.body.email'],
  ['trigger.body', 'Your email?', 'trigger.body["Your email?"]'],
  ['trigger.body', 'first-name', 'trigger.body["first-name"]'],
  ['trigger.body', 'a"b', 'trigger.body["a\\"b"]'],
  ['trigger.body', 'имя', 'trigger.body["имя"]'],
  ['trigger.body.items', 0, 'trigger.body.items[0]'],
  ['', 'email', 'email'],
] as const)('%s and %j give %s', (base, key, want) => expect(memberPath(base, key)).toBe(want))
