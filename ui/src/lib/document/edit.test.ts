import { describe, expect, it } from 'vitest'
import type { Definition, Step } from '../definition'
import { copySteps, fromClipboard, toClipboard } from './copy'
import { differences } from './diff'
import { addBranch, endsHere, moveSteps, newStep, removeSteps, shiftBranch, toggleEnd } from './edit'
import { freshId, idStem } from './ids'
import { apply } from './op'
import { brokenBy, canPrecede, namedSteps, referencesTo } from './reference'
import { sites } from './tree'

const leaf = (id: string, value = ''): Step => ({ id, type: 'x.y', params: { value } })
const document = (steps: Step[]): Definition => ({ schema: 1, triggers: [], steps })
const after = (definition: Definition, op: ReturnType<typeof removeSteps>): Definition =>
  op ? apply({ name: '', definition }, op).draft.definition : definition
const ids = (definition: Definition) => [...sites(definition).keys()]

const tree = document([
  leaf('buyer'),
  {
    id: 'tier',
    type: 'flow.branch',
    branches: [
      { id: 'vip', name: 'VIP', when: '{{ steps.buyer.n > 1 }}', steps: [leaf('gift', 'To {{ steps.buyer.contact.email }}')] },
      { id: 'rest', steps: [leaf('mail', '{{ steps["gift"].x }}')] },
    ],
  },
  { ...leaf('send', '{{ steps.gift?.id ?? steps.buyer.id }} \\{{ steps.mail }} steps.mail'), on_error: { do: 'branch', steps: [leaf('tell')] } },
])

it('finds what maps from a step, also in conditions, and not in plain text', () => {
  expect(referencesTo(tree, new Set(['buyer'])).map((r) => `${r.in}${r.pointer}`)).toEqual([
    'tier/branches/0/when',
    'gift/params/value',
    'send/params/value',
  ])
  expect(referencesTo(tree, new Set(['mail']))).toEqual([])
  expect(namedSteps('{{ steps.a.b }} {{ steps ["c"] }} steps.d')).toEqual(['a', 'c'])
})

it('knows which step can have run when another begins', () => {
  const all = sites(tree)
  const can = (a: string, b: string) => canPrecede(all, a, b)
  expect([can('buyer', 'mail'), can('gift', 'send'), can('send', 'tell')]).toEqual([true, true, true])
  expect([can('send', 'buyer'), can('gift', 'mail'), can('gone', 'mail'), can('mail', 'mail')]).toEqual([false, false, false, false])
})

it('lists the values that a move would leave empty', () => {
  const moved = after(tree, moveSteps(tree, ['buyer'], { list: { of: 'root' }, index: 3 }))
  expect(ids(moved).at(-1)).toBe('buyer')
  expect(brokenBy(tree, moved).map((r) => r.in)).toEqual(['tier', 'gift', 'send'])
})

it('does not move a step into itself', () => {
  expect(moveSteps(tree, ['tier'], { list: { of: 'branch', step: 'tier', branch: 'vip' }, index: 0 })).toBeUndefined()
})

it('removes a step with all inside it, even when both are chosen', () => {
  expect(ids(after(tree, removeSteps(tree, ['gift', 'tier', 'tell'])))).toEqual(['buyer', 'send'])
})

describe('copies', () => {
  it('have ids of their own, and mappings among each other follow', () => {
    const copies = copySteps([tree.steps?.[1] as Step, leaf('end', '{{ steps.gift.x + steps.buyer.y }}')], tree)
    const all = [...sites(document(copies)).values()].map((s) => s.step)
    expect(all.map((s) => s.id)).toEqual(['tier_2', 'gift_2', 'mail_2', 'end'])
    expect(all.map((s) => s.params?.value)).toEqual([
      undefined,
      'To {{ steps.buyer.contact.email }}',
      '{{ steps["gift_2"].x }}',
      '{{ steps.gift_2.x + steps.buyer.y }}',
    ])
  })

  it('survive the clipboard, with every digit of a number', () => {
    const text = toClipboard([leaf('a')]).replace('""', '820982911946154508')
    const steps = fromClipboard(text) ?? []
    expect(toClipboard(steps)).toContain('820982911946154508')
  })

  it.each(['', 'hello', '{"kind":"hookloom/steps","steps":[{}]}', '{"kind":"hookloom/steps","steps":[{"id":"a","type":"b","steps":{}}]}', '{"kind":"hookloom/steps"'])(
    'are not read from %j',
    (text) => expect(fromClipboard(text)).toBeUndefined(),
  )
})

it('adds a branch before the one for everything else, and keeps that one last', () => {
  const added = addBranch(tree, 'tier', 'VIP')
  const branches = sites(after(tree, added?.op)).get('tier')?.step.branches
  expect(branches?.map((b) => b.id)).toEqual(['vip', 'vip_2', 'rest'])
  expect(shiftBranch(tree, 'tier', 'vip', 1)).toBeUndefined()
})

it('lets a list end the run and go on again', () => {
  const list = { of: 'branch', step: 'tier', branch: 'vip' } as const
  const ended = after(tree, toggleEnd(tree, list, 1))
  expect(endsHere(sites(ended).get('tier')?.step.branches?.[0]?.steps ?? [])).toBe(true)
  expect(after(ended, toggleEnd(ended, list, 1))).toEqual(tree)
})

it('names new steps in words, each once', () => {
  expect(['contact.upsert', 'contact.add_tag', 'flow.branch', 'webhook.catch', 'odd'].map(idStem)).toEqual(['contact', 'add_tag', 'branch', 'webhook', 'odd'])
  const taken = new Set(['send', 'send_2'])
  expect([freshId('send', taken), freshId('send_2', taken)]).toEqual(['send_3', 'send_4'])
  const type = { type: 'flow.branch', kind: 'flow' as const, name: '', group: '', icon: '', summary: '', lists: ['branches'] }
  expect(newStep(tree, type, { yes: 'Yes', otherwise: 'Otherwise' }).branches?.map((b) => Boolean(b.when))).toEqual([true, false])
})

it('tells what differs between two documents', () => {
  const other = document([
    { ...leaf('send', 'changed'), name: 'Tell them' },
    { ...(tree.steps?.[1] as Step), branches: [{ id: 'vip', name: 'Best', when: '{{ steps.buyer.n > 1 }}', steps: [] }] },
    leaf('buyer'),
    leaf('new'),
  ])
  const said = differences(tree, other).map((d) => `${d.kind} ${d.what} ${d.branch?.id ?? d.id} ${d.keys.join()}`.trim())
  expect(said).toEqual([
    'moved step send',
    'changed step send name,params.value,on_error',
    'moved step tier',
    'changed branch vip name',
    'removed branch rest',
    'added step new',
    'removed step gift',
    'removed step mail',
    'removed step tell',
  ])
  expect(differences(tree, structuredClone(tree))).toEqual([])
})
