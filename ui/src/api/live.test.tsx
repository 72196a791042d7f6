import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { staleKeys, useLive } from './live'

class Line extends EventTarget {
  static readonly CLOSED = 2
  static opened: Line[] = []
  readyState = 1
  constructor(readonly url: string) {
    super()
    Line.opened.push(this)
  }
  close() {
    this.readyState = 2
  }
  say(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  Line.opened = []
  vi.stubGlobal('EventSource', Line)
})
afterEach(() => {
  vi.useRealTimers()
})

function start() {
  const client = new QueryClient()
  const invalidate = vi.spyOn(client, 'invalidateQueries')
  const view = renderHook(() => useLive('main'), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  })
  return { view, invalidated: () => invalidate.mock.calls.map(([filter]) => JSON.stringify(filter?.queryKey)) }
}

it('asks once for what a burst of events touched', () => {
  const { invalidated } = start()
  const line = Line.opened[0]!
  expect(line.url).toBe('/api/v1/workspaces/main/events')
  for (let i = 0; i < 20; i++) line.say('run', { id: 'run_1', status: 'running' })
  expect(invalidated()).toEqual([])
  vi.advanceTimersByTime(500)
  expect(invalidated()).toEqual([
    '["ws","main","runs","list"]',
    '["ws","main","workflows","list"]',
    '["ws","main","health"]',
    '["ws","main","runs","one","run_1"]',
  ])
})

it('opens the line again after it was refused, and then asks for everything', () => {
  const { view, invalidated } = start()
  const line = Line.opened[0]!
  act(() => {
    line.readyState = Line.CLOSED
    line.dispatchEvent(new Event('error'))
  })
  expect(view.result.current).toBe(false)
  vi.advanceTimersByTime(5_000)
  expect(Line.opened).toHaveLength(2)
  act(() => {
    Line.opened[1]!.dispatchEvent(new Event('open'))
  })
  vi.advanceTimersByTime(500)
  expect(view.result.current).toBe(true)
  expect(invalidated()).toEqual(['["ws","main"]'])
})

it('closes the line with the page and stays silent', () => {
  const { view, invalidated } = start()
  Line.opened[0]!.say('run', { id: 'run_1' })
  view.unmount()
  vi.advanceTimersByTime(10_000)
  expect(Line.opened[0]!.readyState).toBe(2)
  expect(invalidated()).toEqual([])
})

it.each([
  ['run', { type: 'run', id: 'run_1', workflow_id: 'wf_1', status: 'queued' }, [['ws', 'a', 'runs', 'list'], ['ws', 'a', 'workflows', 'list'], ['ws', 'a', 'health'], ['ws', 'a', 'runs', 'one', 'run_1']]],
  ['step', { id: 'tier/vip/access', run_id: 'run_1' }, [['ws', 'a', 'runs', 'one', 'run_1']]],
  ['request', { id: 'req_1' }, [['ws', 'a', 'workflows'], ['ws', 'a', 'requests', 'list']]],
  ['contact', { id: 'con_1' }, [['ws', 'a', 'contacts']]],
  ['resync', {}, [['ws', 'a']]],
  ['message', { type: 'step', id: 'a', run_id: 'run_2' }, [['ws', 'a', 'runs', 'one', 'run_2']]],
  ['message', { type: 'something new' }, [['ws', 'a']]],
  ['message', {}, [['ws', 'a']]],
] as const)('%s %j', (name, change, want) => expect(staleKeys('a', name, change)).toEqual(want))
