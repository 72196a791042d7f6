import { describe, expect, it } from 'vitest'
import type { NodeType } from '../../api/nodeTypes'
import type { StepResult } from '../../api/runs'
import type { Definition } from '../../lib/definition'
import { aResult, aRun } from '../../lib/fixtures'
import { isPressed, isSingle, keyWords } from './actions/keys'
import { cardLine } from './card'
import { dropTarget } from './drop'
import { layout } from './layout/layout'
import { entries, fitness } from './palette/entries'
import { tabOf, withinStep } from './panel/Panel'
import { traceOf } from './run/trace'
import { search } from './search'
import { nextCard } from './useArrows'

const type = (part: Partial<NodeType>): NodeType => ({ type: 'x.y', kind: 'internal', name: 'X', group: 'G', icon: '', summary: '', ...part })

describe('the line of a card', () => {
  const grant = type({
    card: '{offer} · {send_email}',
    fields: [
      { key: 'offer', kind: 'ref', label: 'Offer', ref: 'offer' },
      { key: 'send_email', kind: 'choice', label: 'E-mail', default: 'never', options: [{ value: 'never', label: 'No e-mail' }] },
    ],
  })
  const line = (t: NodeType, params: Record<string, unknown>) => cardLine(t, params, {
      refName: (_kind, id) => (id === 'off_1' ? 'Course A' : undefined),
      summary: () => 'a is b',
      mapped: (template) => template.replaceAll(/[{}]/g, '').trim(),
    })

  it.each([
    [{ offer: 'off_1' }, 'Course A · No e-mail'],
    [{ offer: '{{ trigger.body.offer_id }}' }, 'trigger.body.offer_id · No e-mail'],
    [{}, 'No e-mail'],
    [{ offer: { $secret: 'sec_1' } }, 'No e-mail'],
  ])('of %j is %s', (params, want) => expect(line(grant, params)).toBe(want))

  it('leaves out a sentence that lacks a part, and takes whichever there is', () => {
    expect(line(type({ card: '{by} is {value}' }), { by: 'email' })).toBe('')
    expect(line(type({ card: '{for}{until}' }), { for: '3 days' })).toBe('3 days')
    expect(line(type({ card: '{when}', fields: [{ key: 'when', kind: 'condition', label: '' }] }), { when: 'x' })).toBe('a is b')
    expect(line(type({ card: '{tags}' }), { tags: ['a', '{{ x.b }}'] })).toBe('a, x.b')
  })
})

const definition: Definition = {
  schema: 1,
  triggers: [{ id: 'start', type: 't.t' }],
  steps: [
    { id: 'a', type: 'x.y', name: 'First', params: { url: 'https://example.com/VIP' } },
    { id: 'b', type: 'flow.branch', branches: [{ id: 'yes', when: 'x', steps: [{ id: 'c', type: 'x.y', note: 'vip' }] }, { id: 'no', steps: [] }] },
  ],
}

it('finds steps by name, type and value', () => {
  const find = (wanted: string) => search(definition, wanted, (t) => type({ type: t, name: t, fields: [{ key: 'url', kind: 'url', label: 'Address' }] })).map((f) => [f.id, f.in])
  expect(find('vip')).toEqual([['a', 'Address'], ['c', 'note']])
  expect(find('FIRST')).toEqual([['a', undefined]])
  expect(find('flow.')).toEqual([['b', undefined]])
  expect(find(' ')).toEqual([])
})

it('goes from card to card with the arrows', () => {
  const { items } = layout(definition, { folded: () => false, allTriggers: false })
  const from = (id: string, dx: number, dy: number) => nextCard(items, items.find((i) => i.id === id), [dx, dy])?.id
  expect([from('start', 0, 1), from('a', 0, 1), from('b/yes', 1, 0), from('b/yes', 0, 1), from('c', 0, -1)]).toEqual(['a', 'b', 'b/no', 'c', 'b/yes'])
  expect(nextCard(items, undefined, [0, 1])?.id).toBe('start')
})

it('drops a card only where it changes something, and not into itself', () => {
  const drawn = layout(definition, { folded: () => false, allTriggers: false })
  const at = (id: string) => drawn.items.find((i) => i.id === id)
  const plus = at('+b/no@0')
  expect(dropTarget(drawn, definition, 'a', (plus?.x ?? 0) - 120, (plus?.y ?? 0) - 40)).toEqual({ list: { of: 'branch', step: 'b', branch: 'no' }, index: 0 })
  expect(dropTarget(drawn, definition, 'b', (plus?.x ?? 0) - 120, (plus?.y ?? 0) - 40)).toBeUndefined()
  expect(dropTarget(drawn, definition, 'a', at('a')?.x ?? 0, at('a')?.y ?? 0)).toBeUndefined()
})

it('reads a run as the cards show it', () => {
  const step = (step_id: string, status: StepResult['status'], more: Partial<StepResult> = {}): StepResult => aResult({ step_id, status, type: 'x.y', ...more })
  const run = aRun({
    status: 'failed',
    steps: [step('a', 'succeeded'), step('b', 'succeeded', { port: 'yes' }), step('c', 'succeeded'), step('c', 'failed', { error: { code: 'x', message: 'no' } }), step('gone', 'succeeded')],
  })
  const trace = traceOf(run, definition)
  expect([...trace.lists].sort()).toEqual(['/', 'b/yes'])
  expect([trace.trigger, trace.steps.get('c')?.status, trace.steps.get('c')?.error, trace.steps.get('c')?.results.length]).toEqual(['start', 'failed', 'no', 2])
})

it('leads from a problem to its tab and field', () => {
  expect(withinStep('/definition/steps/2/branches/0/steps/1/on_error/steps/0/params/email')).toBe('/params/email')
  expect(withinStep('/definition/steps/2/branches/0/when/rules/0')).toBe('/branches/0/when/rules/0')
  expect(withinStep('/definition/triggers')).toBe('/definition/triggers')
  const fields = [{ key: 'email', tab: 'fields' }, { key: 'offer' }]
  expect(['/params/email', '/params/offer/x', '/retry/attempts', '/name'].map((p) => tabOf(p, fields))).toEqual(['fields', 'setup', 'fails', 'setup'])
})

it('knows shortcuts', () => {
  const press = (key: string, part = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...part })
  expect(isPressed(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z')).toBe(true)
  expect(isPressed(press('z', { ctrlKey: true }), 'mod+shift+z')).toBe(false)
  expect(isPressed(press('?', { shiftKey: true }), '?')).toBe(true)
  expect(isPressed(press('a', { ctrlKey: true }), 'a')).toBe(false)
  expect([isSingle('a'), isSingle('shift+p'), isSingle('mod+a'), isSingle('Delete')]).toEqual([true, true, false, false])
  expect(keyWords('mod+shift+z')).toBe('Ctrl+Shift+Z')
})

describe('the palette', () => {
  const types = [
    type({ type: 'contact.add_tag', name: 'Add tag', group: 'Contacts', summary: 'Put tags on the contact.' }),
    type({ type: 'flow.wait', name: 'Wait', group: 'Flow' }),
    type({ type: 'webhook.send', name: 'Send data', group: 'Webhooks', summary: 'To another system, with a tag.' }),
  ]
  it('finds by any word, best first', () => {
    expect(entries(types, 'tag', [])[0]?.types.map((t) => t.type)).toEqual(['contact.add_tag', 'webhook.send'])
    expect(fitness(type({ name: 'Café' }), 'cafe')).toBeGreaterThan(0)
    expect(entries(types, 'nothing like it', [])).toEqual([])
  })
  it('shows groups in a fixed order', () => {
    expect(entries(types, '', ['flow.wait']).map((g) => g.types.length)).toEqual([1, 1, 1])
  })
})
