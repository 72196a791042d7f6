import { expect, it } from 'vitest'
import { entriesOf, joined, newcomers, refreshed, type Feed } from './feed'

interface Row {
  id: string
  status?: string
}
const page = (...ids: string[]) => ({ items: ids.map((id): Row => ({ id })), next_cursor: ids.at(-1) })
const feed: Feed<Row> = { pages: [page('d', 'c'), page('b', 'a')], pageParams: ['', 'c'] }
const ids = (f: Feed<Row>) => entriesOf(f).map((r) => r.id).join('')

it('puts newer entries before what is loaded', () => {
  expect(ids(joined(feed, page('f', 'e', 'd')))).toBe('fedcba')
  expect(newcomers(feed, page('f', 'e', 'd'))).toBe(2)
})

it('begins anew when entries are missing between', () => {
  const next = joined(feed, page('z', 'y'))
  expect(ids(next)).toBe('zy')
  expect(next.pageParams).toEqual([''])
})

it('replaces a feed of one page, so what is gone goes', () => {
  expect(ids(joined({ pages: [page('b', 'a')], pageParams: [''] }, page('c', 'b')))).toBe('cb')
})

it('tells what changed without moving anything', () => {
  const next = refreshed(feed, { items: [{ id: 'x' }, { id: 'c', status: 'failed' }] })
  expect(ids(next)).toBe('dcba')
  expect(entriesOf(next)[1]).toEqual({ id: 'c', status: 'failed' })
})

it('shows an entry once that two pages hold', () => {
  expect(ids({ pages: [page('b', 'a'), page('a')], pageParams: ['', 'a'] })).toBe('ba')
})
