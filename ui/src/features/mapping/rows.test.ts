import { expect, it } from 'vitest'
import { CHUNK, searchRows, treeRows, type Opened } from './rows'
import type { Source } from './sources'

const trigger = (body: unknown): Source => ({ id: 'trigger', title: 'Sale', type: 'webhook.catch', root: ['trigger'], value: { body, query: { utm: 'x' } }, origin: 'sample' })
const opened = (...ids: string[]): Opened => ({ toggled: new Set(ids), shown: new Map() })
const labels = (rows: { label: string; level: number }[]) => rows.map((row) => `${'  '.repeat(row.level - 1)}${row.label}`)

it('begins with the data of the first source open', () => {
  const rows = treeRows([trigger({ email: 'a', items: [{ sku: 1 }] })], [], opened())
  expect(labels(rows)).toEqual(['Sale', '  Data', '    Everything in it', '    E-mail', '    Items', '  URL values'])
})

it('opens what is asked for only, and a long list in parts', () => {
  const body = { list: Array.from({ length: 100_000 }, (_, i) => i) }
  const id = 'trigger/string:body/string:list'
  const rows = treeRows([trigger(body)], [], opened(id))
  expect(rows.filter((row) => row.id.startsWith(`${id}/number`))).toHaveLength(CHUNK)
  expect(rows.find((row) => row.kind === 'more')).toMatchObject({ rest: 100_000 - CHUNK })
})

it('finds by label, key, path and value, big integers included', () => {
  const source = trigger({ customer_details: { email: 'ada@example.com' }, 'Your e-mail?': 'x' })
  expect(searchRows([source], [], 'customer e-mail').map((row) => row.path)).toContainEqual(['trigger', 'body', 'customer_details', 'email'])
  expect(searchRows([source], [], 'ada@').map((row) => row.path)).toEqual([['trigger', 'body', 'customer_details', 'email']])
  expect(searchRows([source], [], 'your e-mail').map((row) => row.label)).toEqual(['Your e-mail?'])
  expect(searchRows([source], [], 'trigger.body.later').at(-1)?.path).toEqual(['trigger', 'body', 'later'])
})
