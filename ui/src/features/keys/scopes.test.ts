import { expect, it } from 'vitest'
import { PARTS, scopesOf, scopeWords } from './scopes'

it('asks for what was chosen and nothing else', () => {
  expect(scopesOf({ contacts: 'read', workflows: 'publish', runs: '' })).toEqual(['workflows:write', 'workflows:publish', 'contacts:read'])
  expect(scopesOf({})).toEqual([])
})

it('has words for every part', () => {
  for (const { part } of PARTS) expect(scopeWords([`${part}:read`])).toMatch(/^[A-Z].*: Read$/)
  expect(scopeWords(['*'])).toBe('Everything')
  expect(scopeWords(['future:read'])).toBe('future: Read')
})
