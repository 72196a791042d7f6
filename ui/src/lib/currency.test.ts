import { expect, it } from 'vitest'
import { commonCurrencies, currencyOf } from './currency'

it.each([
  [['de-CH', 'en-US'], 'CHF'],
  [['de', 'fr-FR'], 'EUR'],
  [['en-GB'], 'GBP'],
  [['zh-Hant-TW'], 'TWD'],
  [['en', 'xx-AQ', '*'], ''],
  [[], ''],
])('languages %j mean %s', (languages, want) => expect(currencyOf(languages)).toBe(want))

it('names each currency once, the most used first', () => {
  const list = commonCurrencies()
  expect(list[0]).toEqual({ value: 'USD', label: 'USD – US Dollar' })
  expect(new Set(list.map((c) => c.value)).size).toBe(list.length)
})
