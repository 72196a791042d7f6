import { expect, it } from 'vitest'
import type { Field } from '../../api/nodeTypes'
import { cardLine, isShown, MASK, sentParams, typedParams } from './connectionForm'

const fields: Field[] = [
  { key: 'name', kind: 'text', label: 'Name', required: true },
  { key: 'value', kind: 'secret', label: 'Key' },
  { key: 'in', kind: 'choice', label: 'As', default: 'header' },
  { key: 'hosts', kind: 'list', label: 'Hosts' },
  { key: 'strict', kind: 'switch', label: 'Strict', show_if: { field: 'in', values: ['query'] } },
]

it('begins with the defaults', () => {
  expect(typedParams(fields, undefined)).toEqual({ name: '', value: '', in: 'header', hosts: [], strict: false })
})

it('sends a masked secret back, so that it stays, and empties what was cleared', () => {
  const before = { name: 'X-Key', value: MASK, in: 'header', hosts: ['a.example'] }
  const values = { ...typedParams(fields, before), name: '' }
  expect(sentParams(fields, values, before)).toEqual({ name: null, value: MASK, in: 'header', hosts: ['a.example'] })
})

it('leaves out what is not shown', () => {
  const values = { ...typedParams(fields, undefined), name: 'k', strict: true }
  expect(isShown(fields[4]!, values)).toBe(false)
  expect(sentParams(fields, values, undefined)).not.toHaveProperty('strict')
  expect(sentParams(fields, { ...values, in: 'query' }, undefined)).toHaveProperty('strict', true)
})

it('hides what hangs on a field that is hidden itself', () => {
  const deep: Field = { key: 'deep', kind: 'text', label: 'Deep', show_if: { field: 'strict', values: ['true'] } }
  expect(isShown(deep, { in: 'query', strict: true }, [...fields, deep])).toBe(true)
  expect(isShown(deep, { in: 'header', strict: true }, [...fields, deep])).toBe(false)
})

it('fills the line of a card and leaves unknown places empty', () => {
  expect(cardLine({ card: '{name} at {hosts}' }, { name: 'ada', hosts: ['a.example', 'b.example'] })).toBe('ada at a.example, b.example')
  expect(cardLine({ card: '{gone}' }, {})).toBe('')
  const provider: Field = { key: 'provider', kind: 'choice', label: 'Service', options: [{ value: 'hubspot', label: 'HubSpot' }] }
  expect(cardLine({ card: '{provider}', fields: [provider] }, { provider: 'hubspot' })).toBe('HubSpot')
})
