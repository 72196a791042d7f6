// Live changes. The server tells ids and status only; whatever they touch is
// asked for again, so a page can never show what its reader may not see.
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const EVENTS = ['run', 'step', 'request', 'workflow', 'contact', 'connection', 'job', 'push', 'resync', 'message'] as const
type EventName = (typeof EVENTS)[number]

/** A burst of changes is answered with one round of questions. */
const GATHER_MS = 400

/** How long to wait after the line was refused. */
const REOPEN_MS = 5_000

/** A change as the server tells it; the name of an event is its type. */
export interface Change {
  type?: string
  /** A step's id is its path within the run. */
  id?: string
  run_id?: string
  workflow_id?: string
  status?: string
}

/** Keys of the queries that a change makes stale; all of the workspace's when changes were missed. */
export function staleKeys(ws: string, name: EventName, change: Change): unknown[][] {
  const type = name === 'message' ? change.type : name
  const runs = ['ws', ws, 'runs']
  switch (type) {
    case 'run':
      return [[...runs, 'list'], ['ws', ws, 'workflows', 'list'], ['ws', ws, 'health'], ...(change.id ? [[...runs, 'one', change.id]] : [])]
    case 'step':
      return [change.run_id ? [...runs, 'one', change.run_id] : [...runs, 'one']]
    case 'request':
      return [['ws', ws, 'workflows'], ['ws', ws, 'requests', 'list']]
    case 'workflow':
    case 'contact':
    case 'connection':
    case 'job':
      return [['ws', ws, `${type}s`]]
    case 'push':
      return [['ws', ws, 'pushes']]
    default:
      return [['ws', ws]]
  }
}

type Listener = (name: EventName, change: Change) => void
const listeners = new Set<Listener>()

/** Hears every change of the open workspace as it comes; returns what ends that. */
export function hearChanges(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Long lists keep themselves current: asking for all of their pages anew would take minutes. */
const keepsItself = (key: readonly unknown[]) => key[3] === 'feed'

function readChange(message: Event): Change {
  try {
    return (JSON.parse((message as MessageEvent<string>).data) ?? {}) as Change
  } catch {
    return {}
  }
}

/** Collects stale keys and asks for them together. */
function gather(client: QueryClient) {
  const pending = new Map<string, unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    for (const queryKey of pending.values()) {
      void client.invalidateQueries({ queryKey, predicate: (query) => !keepsItself(query.queryKey) })
    }
    pending.clear()
  }
  const touch = (keys: unknown[][]) => {
    for (const key of keys) pending.set(JSON.stringify(key), key)
    timer ??= setTimeout(flush, GATHER_MS)
  }
  return { touch, stop: () => clearTimeout(timer) }
}

function listen(client: QueryClient, ws: string, setConnected: (yes: boolean) => void): () => void {
  const { touch, stop } = gather(client)
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  let lost = false
  const open = () => {
    source = new EventSource(`/api/v1/workspaces/${encodeURIComponent(ws)}/events`)
    for (const name of EVENTS) {
      source.addEventListener(name, (message) => {
        const change = readChange(message)
        touch(staleKeys(ws, name, change))
        for (const listener of listeners) listener(name, change)
      })
    }
    source.addEventListener('open', () => {
      setConnected(true)
      if (lost) {
        touch([['ws', ws]]) // events may have passed meanwhile
        for (const listener of listeners) listener('resync', {})
      }
      lost = false
    })
    source.addEventListener('error', () => {
      lost = true
      setConnected(false)
      // Browsers give up for good when the answer is an error, such as a proxy's 502.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, REOPEN_MS)
    })
  }
  open()
  return () => {
    stop()
    clearTimeout(again)
    source.close()
  }
}

/** Keeps the pages of a workspace current; returns whether the line is open. */
export function useLive(ws: string): boolean {
  const client = useQueryClient()
  const [connected, setConnected] = useState(true)
  useEffect(() => listen(client, ws, setConnected), [client, ws])
  return connected
}
