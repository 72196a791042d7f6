import { expect, it } from 'vitest'
import type { Condition, Definition } from '../../lib/definition'
import { conditionSummary } from './summary'

const definition: Definition = { schema: 1, steps: [{ id: 'buyer', type: 'contact.upsert', name: 'Create contact' }] }

it.each<[Condition | null, string]>([
  [null, ''],
  ['', ''],
  ['{{ trigger.body.amount >= 100 }}', 'trigger.body.amount >= 100'],
  [{ match: 'all', rules: [{ value: '{{ trigger.body.amount }}', is: 'more_than', to: '100' }] }, 'Amount is more than 100'],
  [{ match: 'any', rules: [{ value: '{{ trigger.body.data.customer_details.email | lower() }}', is: 'ends_with', to: '@example.com' }, { is: 'has_tag', to: 'vip' }] }, 'Customer e-mail ends with @example.com or Contact has the tag vip'],
  [{ match: 'all', rules: [{ value: '{{ steps.buyer.created }}', is: 'is', to: true }, { match: 'any', rules: [{ value: 'a', is: 'is', to: 'b' }, { value: '{{ x', is: 'exists' }] }] }, 'Create contact: Created is true and (a is b or {{ x is there)'],
  [{ match: 'all', rules: [{ value: '1', is: 'is', to: '1' }, { value: '2', is: 'is_empty' }, { value: '3', is: 'is_empty' }] }, '1 is 1 and 2 is empty and …'],
  [{ match: 'all', rules: [{ value: '', is: 'is_one_of', to: ['a', 'b'] }] }, '… is one of a, b'],
  [{ match: 'all', rules: [] }, ''],
])('says %j as %j', (when, words) => expect(conditionSummary(when, definition)).toBe(words))
