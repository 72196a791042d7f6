import { expect, it } from 'vitest'
import { insertSteps, patchStep, removeSteps } from '../../../lib/document/edit'
import type { Draft } from '../../../lib/document/op'
import { ROOT } from '../../../lib/document/tree'
import { newEditor } from './index'

const draft: Draft = { name: 'W', definition: { schema: 1, triggers: [], steps: [{ id: 'a', type: 'x.y' }] } }
const open = (readOnly = false) => newEditor({ draft, revision: 1, readOnly })
const names = (store: ReturnType<typeof open>) => store.getState().draft.definition.steps?.map((s) => s.name ?? s.id)

it('takes typing in one field back at once, and other changes one by one', () => {
  const store = open()
  const type = (name: string, label?: string) => store.getState().edit(patchStep(store.getState().draft.definition, 'a', { name }), label)
  for (const name of ['H', 'He', 'Hel']) type(name, 'a:name')
  type('Other')
  expect(store.getState().past).toHaveLength(2)
  store.getState().undo()
  expect(names(store)).toEqual(['Hel'])
  store.getState().undo()
  expect(store.getState().draft).toEqual(draft)
  store.getState().redo()
  store.getState().redo()
  expect(names(store)).toEqual(['Other'])
  store.getState().redo()
  type('New')
  expect(store.getState().future).toHaveLength(0)
})

it('keeps going when what was selected is gone', () => {
  const store = open()
  store.getState().edit(insertSteps({ list: ROOT, index: 1 }, [{ id: 'b', type: 'x.y' }]))
  store.getState().select('b')
  store.getState().undo()
  expect(names(store)).toEqual(['a'])
  expect(store.getState().edit(patchStep(store.getState().draft.definition, 'b', { name: 'x' }))).toBe(false)
  expect(store.getState().edit({ op: 'step', next: { id: 'b', type: 'x.y' } })).toBe(false)
})

it('changes nothing while it is read-only', () => {
  const store = open(true)
  expect(store.getState().edit(removeSteps(draft.definition, ['a']))).toBe(false)
  expect(store.getState().draft).toBe(draft)
})

it('begins another step at its first tab, but stays with testing', () => {
  const store = open()
  const { select, setTab } = store.getState()
  select('a')
  setTab('fails')
  select('b')
  expect(store.getState().tab).toBeUndefined()
  setTab('test')
  select('a')
  expect([store.getState().tab, store.getState().panelOpen]).toEqual(['test', true])
})
