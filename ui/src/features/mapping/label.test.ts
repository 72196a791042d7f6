import { expect, it } from 'vitest'
import type { Path } from './expression'
import { keyLabel, pathLabel } from './label'

it.each<[Path, string]>([
  [['data', 'object', 'customer_details', 'email'], 'Customer e-mail'],
  [['data', 'object', 'amount_total'], 'Amount total'],
  [['email'], 'E-mail'],
  [['firstName'], 'First name'],
  [['Your e-mail?'], 'Your e-mail?'],
  [['line_items', 0, 'sku'], 'Line items 1 SKU'],
  [['line_items', 0], 'Line items 1'],
  [['customer', 'id'], 'Customer ID'],
  [[], 'Everything'],
])('names %j', (path, label) => expect(pathLabel(path)).toBe(label))

it('names an answer by its question', () => {
  const typeform = {
    form_response: {
      definition: { fields: [{ id: 'f1', title: 'Your email?' }] },
      answers: [{ type: 'email', email: 'ada@example.com', field: { id: 'f1' } }],
    },
  }
  expect(pathLabel(['form_response', 'answers', 0, 'email'], typeform)).toBe('Your email?')
  expect(pathLabel(['fields', 1, 'value'], { fields: [{}, { label: 'How did you hear of us?', value: 'Friends' }] })).toBe('How did you hear of us?')
})

it('keeps what was written for people', () => {
  expect(keyLabel('Größe (cm)')).toBe('Größe (cm)')
  expect(keyLabel('')).toBe('(no name)')
  expect(keyLabel(2)).toBe('Entry 3')
})
