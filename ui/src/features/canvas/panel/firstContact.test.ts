import { beforeEach, expect, it } from 'vitest'
import type { Definition } from '../../../lib/definition'
import { mayOffer, personIn, rememberAnswer, wasAnswered } from './firstContact'

const hook = { id: 'hook', type: 'webhook.catch', v: 1, params: {} }
const step = { id: 'tag', type: 'contact.add_tag', v: 1, params: {} }
const made = { id: 'made', type: 'event.contact_created', v: 1, params: {} }
const place = { subject: 'hook', readOnly: false, answered: false }
const of = (triggers: Definition['triggers'], steps: Definition['steps'] = []): Definition => ({ schema: 1, triggers, steps })

beforeEach(() => localStorage.clear())

it.each([
  ['the first webhook of an empty workflow', {}, of([hook]), true],
  ['the first webhook, with other triggers behind it', {}, of([hook, made]), true],
  ['a webhook that came second', {}, of([made, hook]), false],
  ['a trigger without requests', { subject: 'made' }, of([made]), false],
  ['a webhook that is switched off', {}, of([{ ...hook, disabled: true }]), false],
  ['a workflow that goes on already', {}, of([hook], [step]), false],
  ['a step', { subject: 'tag' }, of([hook], [step]), false],
  ['a workflow in the trash', { readOnly: true }, of([hook]), false],
  ['whoever has answered', { answered: true }, of([hook]), false],
  ['an empty workflow', {}, of([]), false],
])('knows what to do at %s', (_where, part, definition, want) => {
  expect(mayOffer({ ...place, ...part, definition })).toBe(want)
})

const found = (field: string, sample: string) => ({ field, sample, label: `The ${field}` })

it.each([
  ['its e-mail', [found('phone', '+1'), found('email', 'ada@example.com')], 'ada@example.com'],
  ['its phone', [found('name', 'Ada'), found('phone', '+1')], '+1'],
  ['the name of the value when the value is secret', [found('email', '')], 'The email'],
  ['nobody when there is a name alone', [found('name', 'Ada')], undefined],
  ['nobody in an empty sample', [], undefined],
])('calls a person by %s', (_what, suggestions, want) => expect(personIn(suggestions)).toBe(want))

it('L5 remembers who answered, for the last workflows', () => {
  expect(wasAnswered('wfl_0')).toBe(false)
  for (let n = 0; n <= 100; n++) rememberAnswer(`wfl_${n}`)
  expect([wasAnswered('wfl_0'), wasAnswered('wfl_1'), wasAnswered('wfl_100')]).toEqual([false, true, true])
  localStorage.setItem('hookloom.contactOffer', '{broken')
  expect(wasAnswered('wfl_1')).toBe(false)
})
