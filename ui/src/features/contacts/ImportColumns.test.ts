import { expect, it } from 'vitest'
import { named } from './ImportColumns'

it('tells columns with the same heading apart', () => {
  const headings = ['E-mail', 'Name', 'e-mail ', 'Tags']
  const columns = headings.map((heading, index) => ({ heading, index }))
  expect(named(columns).map((column) => column.heading)).toEqual(['E-mail (column 1)', 'Name', 'e-mail (column 3)', 'Tags'])
})
