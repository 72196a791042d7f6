import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '../../../api/http'
import type { Workflow } from '../../../api/workflows'
import { patchStep } from '../../../lib/document/edit'
import type { Draft } from '../../../lib/document/op'
import { aWorkflow } from '../../../lib/fixtures'
import { newEditor } from '../store'
import { newSaver, type SaverDeps } from './saver'

const first: Draft = { name: 'W', definition: { schema: 1, settings: {}, triggers: [], steps: [{ id: 'a', type: 'x.y', v: 1, params: {} }] } }

const answer = (revision: number, draft: Draft): Workflow =>
  aWorkflow({ name: draft.name, revision, has_changes: true, definition: draft.definition })

/** An editor whose server answers as told, one answer a call; after them it stores. */
function open(...answers: (Error | Workflow)[]) {
  const store = newEditor({ draft: first, revision: 1 })
  let revision = 1
  const calls: number[] = []
  const deps: SaverDeps = {
    store,
    put: vi.fn((seen: number, draft: Draft) => {
      calls.push(seen)
      const next = answers.shift()
      if (next instanceof Error) return Promise.reject(next)
      revision++
      return Promise.resolve(next ?? answer(revision, draft))
    }),
    read: vi.fn(() => Promise.resolve(answer(7, { ...first, name: 'Theirs' }))),
    stored: vi.fn(),
    keep: vi.fn(),
    drop: vi.fn(),
    signIn: vi.fn(() => Promise.resolve()),
  }
  const saver = newSaver(deps)
  const stop = saver.start()
  const type = (name: string) => store.getState().edit(patchStep(store.getState().draft.definition, 'a', { name }))
  const name = () => store.getState().draft.definition.steps?.[0]?.name
  const is = () => store.getState().save.is
  return { store, saver, deps, calls, stop, type, name, is }
}

const failure = (status: number) => new ApiError('no', status)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('stores a moment after the last change, once', async () => {
  const e = open()
  e.type('one')
  e.type('two')
  expect([e.is(), e.calls]).toEqual(['dirty', []])
  await vi.advanceTimersByTimeAsync(700)
  expect([e.is(), e.calls, e.store.getState().revision]).toEqual(['saved', [1], 2])
  expect(e.deps.drop).toHaveBeenCalled()
})

it('keeps a backup until the server has it, and tries again by itself', async () => {
  const e = open(failure(0), failure(503))
  e.type('kept')
  expect(e.deps.keep).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(700)
  expect([e.is(), e.name()]).toEqual(['failed', 'kept'])
  expect(e.deps.drop).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(e.is()).toBe('failed')
  await vi.advanceTimersByTimeAsync(2_000)
  expect([e.is(), e.calls]).toEqual(['saved', [1, 1, 1]])
})

it('does not try again what the server refuses, until something changes', async () => {
  const e = open(failure(400))
  e.type('bad')
  await vi.advanceTimersByTimeAsync(60_000)
  expect([e.is(), e.calls.length]).toEqual(['refused', 1])
  e.type('good')
  await vi.advanceTimersByTimeAsync(700)
  expect(e.is()).toBe('saved')
})

it('goes on after signing in again', async () => {
  const e = open(failure(401))
  e.type('mine')
  await vi.advanceTimersByTimeAsync(700)
  expect(e.deps.signIn).toHaveBeenCalledOnce()
  expect([e.is(), e.calls.length, e.name()]).toEqual(['saved', 2, 'mine'])
})

it('asks when somebody else stored another draft, and overwrites only when told', async () => {
  const e = open(failure(412))
  e.type('mine')
  await vi.advanceTimersByTimeAsync(60_000)
  expect([e.is(), e.calls.length]).toEqual(['conflict', 1])
  e.saver.keepMine()
  await vi.advanceTimersByTimeAsync(0)
  expect([e.is(), e.calls]).toEqual(['saved', [1, 7]])
  expect(e.name()).toBe('mine')
})

it('takes theirs when told, and then has nothing to undo', async () => {
  const e = open(failure(412))
  e.type('mine')
  await vi.advanceTimersByTimeAsync(700)
  e.saver.takeTheirs()
  const { draft, past, revision } = e.store.getState()
  expect([e.is(), draft.name, past.length, revision]).toEqual(['saved', 'Theirs', 0, 7])
})

it('notices that its own draft was stored although the answer was lost', async () => {
  const e = open(failure(412))
  e.type('mine')
  vi.mocked(e.deps.read).mockImplementation(() => Promise.resolve(answer(2, e.store.getState().draft)))
  await vi.advanceTimersByTimeAsync(700)
  expect([e.is(), e.store.getState().revision]).toEqual(['saved', 2])
})

it('takes up an edit over the API while nothing is unsaved, and asks while something is', () => {
  const e = open()
  const theirs = answer(5, { ...first, name: 'Theirs' })
  e.saver.observe(theirs)
  expect([e.store.getState().draft.name, e.store.getState().revision]).toEqual(['Theirs', 5])
  e.type('mine')
  e.saver.observe(answer(6, first))
  expect(e.is()).toBe('conflict')
  expect(e.name()).toBe('mine')
})

it('keeps what can be undone when only the status changed, as by publishing', async () => {
  const { store, saver, type } = open()
  type('mine')
  await saver.flush()
  const { revision, draft, past } = store.getState()
  saver.observe({ ...answer(revision + 1, draft), status: 'live', live_version: 1 })
  expect(store.getState()).toMatchObject({ revision: revision + 1, save: { is: 'saved' } })
  expect(store.getState().past).toBe(past)
  expect(past).toHaveLength(1)
})

it('says why flushing failed, and stores what is left when the editor closes', async () => {
  const e = open(failure(422))
  e.type('x')
  await expect(e.saver.flush()).rejects.toThrow('no')
  e.stop()
  await vi.advanceTimersByTimeAsync(0)
  expect(e.is()).toBe('saved')
})

it('shows a stored secret as a reference, and leaves what was typed meanwhile', async () => {
  const e = open()
  const secret = (value: unknown) => e.store.getState().edit(patchStep(e.store.getState().draft.definition, 'a', { params: { key: value } }))
  vi.mocked(e.deps.put).mockImplementation((_seen, draft) =>
    Promise.resolve(answer(2, { ...draft, definition: { ...draft.definition, steps: [{ id: 'a', type: 'x.y', v: 1, params: { key: { $secret: 'sec_1' } } }] } })),
  )
  secret('whsec_1')
  await vi.advanceTimersByTimeAsync(700)
  expect(e.store.getState().draft.definition.steps?.[0]?.params).toEqual({ key: { $secret: 'sec_1' } })
  expect([e.is(), vi.mocked(e.deps.put).mock.calls.length]).toEqual(['saved', 1])
})
