import { expect, it } from 'vitest'
import { comparisons, withComparison, withEntry } from './rule'
import { formulaOf } from './formula'

it('writes rows as a formula', () => {
  expect(
    formulaOf({
      match: 'all',
      rules: [
        { value: '{{ trigger.body.amount }}', is: 'more_than', to: '100' },
        { match: 'any', rules: [{ value: '{{ trigger.body.plan | lower() }}', is: 'is', to: 'Pro "x"' }, { is: 'has_tag', to: 'VIP' }] },
      ],
    }),
  ).toBe('number(trigger.body.amount) > 100 && (lower(trim(text((trigger.body.plan | lower())))) == "pro \\"x\\"" || any(contact.tags ?? [], lower(text(#)) == "vip"))')
})

it('has a formula for every comparison, and never a brace that ends the mapping', () => {
  for (const { name } of comparisons) {
    const formula = formulaOf({ match: 'all', rules: [{ value: '{{ a.b }}', is: name, to: 'x' }] })
    expect(formula).not.toBe('')
    expect(formula).not.toContain('}}')
  }
})

it('drops what a comparison does not need', () => {
  expect(withComparison({ value: 'a', is: 'is', to: 'b' }, 'is_empty')).toEqual({ value: 'a', is: 'is_empty' })
  expect(withComparison({ value: 'a', is: 'is', to: 'b' }, 'has_tag')).toEqual({ is: 'has_tag', to: 'b' })
  expect(withComparison({ is: 'has_tag', to: 'b' }, 'has_no_tag')).toEqual({ is: 'has_no_tag', to: 'b' })
  expect(withComparison({ is: 'has_tag', to: 'b' }, 'has_offer')).toEqual({ is: 'has_offer', to: '' })
  expect(withEntry({ match: 'all', rules: [{ is: 'is' }, { is: 'exists' }] }, 0, null)).toEqual({ match: 'all', rules: [{ is: 'exists' }] })
})
