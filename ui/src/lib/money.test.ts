import fc from 'fast-check'
import { expect, test } from 'vitest'
import { money, typedAmount } from './money'

test.each([
  ['49', 'USD', 4900],
  ['49.5', 'USD', 4950],
  ['49,05', 'EUR', 4905],
  ['49', 'JPY', 49],
  ['1.234', 'KWD', 1234],
  [' 0 ', 'USD', 0],
  ['49.999', 'USD', undefined],
  ['49.5', 'JPY', undefined],
  ['-1', 'USD', undefined],
  ['1,000.00', 'USD', undefined],
  ['', 'USD', undefined],
  ['9999999999999', 'JPY', 9_999_999_999_999],
  ['10000000000000', 'JPY', undefined],
  ['9999999999999', 'KWD', undefined],
])('%j in %s is %s', (typed, currency, amount) => {
  expect(typedAmount(typed, currency)).toBe(amount)
})

test('what is shown is what was typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999_999_999 }), fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'), (amount, currency) => {
      const digits = money(amount, currency).replace(/[^\d.]/g, '')
      expect(typedAmount(digits, currency)).toBe(amount)
    }),
  )
})

test('an unknown currency is shown by its code', () => {
  expect(money(4900, 'US')).toBe('49.00 US')
})
