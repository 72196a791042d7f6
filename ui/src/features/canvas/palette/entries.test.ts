import { expect, it } from 'vitest'
import type { NodeType } from '../../../api/nodeTypes'
import { entries } from './entries'

const type = (id: string, name: string, group: string): NodeType => ({ type: id, name, group, kind: 'trigger', icon: '', summary: '' })
const types = [type('event.contact_created', 'Contact created', 'Triggers'), type('manual.start', 'Started by hand', 'Triggers'), type('webhook.catch', 'Incoming webhook', 'Triggers')]

it('begins with the webhook, which most workflows start with', () => {
  expect(entries(types, '', [])[0]?.types.map((t) => t.type)).toEqual(['webhook.catch', 'event.contact_created', 'manual.start'])
})

it('finds by any of the words, the name first', () => {
  expect(entries(types, 'hand', []).flatMap((g) => g.types.map((t) => t.type))).toEqual(['manual.start'])
  expect(entries(types, 'nothing such', [])).toEqual([])
})
