import { expect, it } from 'vitest'
import type { ContactField } from '../../api/contacts'
import { printJson } from '../../lib/json'
import { changeOf, valuesOf } from './contactForm'

const field = (key: string, kind: ContactField['kind']): ContactField => ({ id: key, key, label: key, kind, options: [], created_at: '' })
const fields = [field('score', 'number'), field('vip', 'switch'), field('level', 'choice')]
const empty = valuesOf(undefined)

it('sends only what was changed', () => {
  expect(changeOf(empty, empty, fields)).toEqual({})
  const now = { ...empty, email: ' ada@example.com ', tags: ['lead'], address: { ...empty.address, city: 'Turin' } }
  expect(changeOf(empty, now, fields)).toEqual({ email: 'ada@example.com', tags: ['lead'], address: { city: 'Turin' } })
})

it('empties a field that was cleared', () => {
  const before = { ...empty, phone: '+491', fields: { level: 'A' } }
  expect(changeOf(before, { ...before, phone: '', fields: { level: '' } }, fields)).toEqual({ phone: '', fields: { level: null } })
})

it('sends numbers digit by digit, and what is none as it was typed', () => {
  const sent = (score: string) => printJson(changeOf(empty, { ...empty, fields: { score } }, fields), 0)
  expect(sent('820982911946154508')).toBe('{"fields":{"score":820982911946154508}}')
  expect(sent('1.50')).toBe('{"fields":{"score":1.50}}')
  expect(sent('a lot')).toBe('{"fields":{"score":"a lot"}}')
})

it('tells a switch that was never set from one that is off', () => {
  expect(changeOf(empty, { ...empty, fields: { vip: false } }, fields)).toEqual({ fields: { vip: false } })
})
