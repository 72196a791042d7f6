import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ConditionGroup } from '../../lib/definition'
import { formulaOf } from './formula'
import { rowsOf } from './formulaRows'
import { comparisons, type Entry } from './rule'

const TEXTS = ['vip', 'Pro "x"', '100', '-2.5', 'a && b', "it's (so", '{{ trigger.body.name }}', '{{ trigger.body.plan | lower() }}', 'ü, ö']
const VALUES = ['{{ trigger.body.amount }}', '{{ trigger.body["a b"].c[0] }}', '{{ steps.buyer.contact.email | lower() }}', '{{ trigger.body.a ?? "x || y" }}']

const rule: fc.Arbitrary<Entry> = fc
  .tuple(fc.constantFrom(...comparisons), fc.constantFrom(...VALUES), fc.constantFrom(...TEXTS))
  .map(([{ name, needsValue, needsTo, many }, value, to]) => ({ ...(needsValue && { value }), is: name, ...(needsTo && { to: many ? 'one, Two' : to }) }))

const group = (depth: number): fc.Arbitrary<ConditionGroup> =>
  fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    // Brackets around one entry alone are none that a formula needs.
    rules: fc.array(depth === 0 ? rule : fc.oneof({ weight: 4, arbitrary: rule }, group(depth - 1)), { minLength: 2, maxLength: 4 }),
  })

it('reads back every formula that rows become, with the same meaning', () => {
  fc.assert(
    fc.property(group(2), (rows) => {
      const formula = formulaOf(rows)
      const read = rowsOf(formula)
      expect(read, formula).toBeDefined()
      expect(formulaOf(read as ConditionGroup)).toBe(formula)
    }),
    { numRuns: 300 },
  )
})

it.each<[string, Entry[]]>([
  ['trigger.body.amount > 100', [{ value: '{{ trigger.body.amount }}', is: 'more_than', to: '100' }]],
  ['  trigger.body.amount>=4.5 ', [{ value: '{{ trigger.body.amount }}', is: 'at_least', to: '4.5' }]],
  ['any(contact.tags ?? [], lower(text(#)) == "vip")', [{ is: 'has_tag', to: 'vip' }]],
  ['lower(trim(text(trigger.body.plan)))   ==  "pro"', [{ value: '{{ trigger.body.plan }}', is: 'is', to: 'pro' }]],
  ['!(is_empty(trigger.body.email))', [{ value: '{{ trigger.body.email }}', is: 'is_not_empty' }]],
])('reads %s', (formula, rules) => expect(rowsOf(formula)).toEqual({ match: 'all', rules }))

it.each(['', 'true', 'trigger.body.plan == "pro"', 'a > 1 && (b', 'a > 1 ? b : c', 'len(trigger.body.items) > 2', 'a > 1 && other(b)', '"a" == "b'])('leaves %s alone', (formula) =>
  expect(rowsOf(formula)).toBeUndefined(),
)

it('joins as the formula does: and before or', () => {
  expect(rowsOf('a > 1 && b > 2 || c > 3')).toEqual({
    match: 'any',
    rules: [
      { match: 'all', rules: [{ value: '{{ a }}', is: 'more_than', to: '1' }, { value: '{{ b }}', is: 'more_than', to: '2' }] },
      { value: '{{ c }}', is: 'more_than', to: '3' },
    ],
  })
})
