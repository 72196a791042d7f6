// New versions of a template on their way to its clients.
import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'
import { FIRST_EVENTS_MS } from './clones'

export type Push = Schemas['PushView']
export type PushState = Push['state']
export type PushedClient = Schemas['PushCloneView']
export type ClientState = PushedClient['state']
export type Drift = Schemas['DriftView']
export type Conflict = Schemas['PushConflictView']
export type ClientPlan = Schemas['PushPlanView']
export type Choice = Schemas['PushChoiceInput']
export type Canary = Schemas['CanaryInput']

const key = (ws: string) => ['ws', ws, 'pushes']
const driftKey = (ws: string) => ['ws', ws, 'drift']
export const renewPushes = (client: QueryClient, ws: string) => Promise.all([key(ws), driftKey(ws)].map((queryKey) => client.invalidateQueries({ queryKey })))

const MOVING: PushState[] = ['running', 'rolling_back']

/** How often a push is looked at, in milliseconds, although nothing was heard of it: changes may be lost. */
const pace = (state?: PushState) => (state && MOVING.includes(state) ? 3_000 : state === 'watching' ? 10_000 : false)

/**
 * Where all clients of a template stand. It is no part of what each step of a push
 * makes stale: reading hundreds of clients again for each of them would be in the way.
 */
export const driftQuery = (ws: string, template: string, push?: Push | null) =>
  queryOptions({
    queryKey: [...driftKey(ws), template, progress(push)],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/templates/{template}/drift', { path: { ws, template }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pace(push?.state) || (query.state.data?.items.some((c) => c.workflows.some((w) => !w.received)) ? FIRST_EVENTS_MS : false),
  })

/** What of a push has the clients read again at once: its state, and once it is over what is done by hand. */
const progress = (push?: Push | null) => (push ? [push.id, push.state, push.finished_at === null ? '' : JSON.stringify(push.counts)].join(' ') : '')

/** The newest push of a template with its clients; null for none. */
export const lastPushQuery = (ws: string, template: string) =>
  queryOptions({
    queryKey: [...key(ws), template, 'last'],
    queryFn: async ({ signal }) => {
      const list = await ask('get', '/workspaces/{ws}/templates/{template}/pushes', { path: { ws, template }, query: { limit: 1 }, signal })
      const last = list.items[0]
      return last ? ask('get', '/workspaces/{ws}/pushes/{id}', { path: { ws, id: last.id }, signal }) : null
    },
    refetchInterval: (query) => pace(query.state.data?.state),
  })

export const previewQuery = (ws: string, template: string) =>
  queryOptions({
    queryKey: [...key(ws), template, 'preview'],
    queryFn: ({ signal }) => ask('post', '/workspaces/{ws}/templates/{template}/push/preview', { path: { ws, template }, body: { all: true }, signal }),
    staleTime: 0,
  })

export const pushedClientQuery = (ws: string, push: string, clone: string) =>
  queryOptions({
    queryKey: [...key(ws), push, clone],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/pushes/{id}/clones/{clone}', { path: { ws, id: push, clone }, signal }),
    staleTime: 0,
  })

/** What pushes left for a person, of the workspace's templates and in its own workflows. */
export const waitingQuery = (ws: string) =>
  queryOptions({
    queryKey: [...key(ws), 'waiting'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/pushes', { path: { ws }, signal }),
  })

export const startPush = (ws: string, template: string, canary?: Canary) =>
  ask('post', '/workspaces/{ws}/templates/{template}/push', { path: { ws, template }, body: { all: true, canary }, headers: once() })

export const decidePush = (ws: string, id: string, decision: 'go_on' | 'stop' | 'roll_back') =>
  ask('post', '/workspaces/{ws}/pushes/{id}/decide', { path: { ws, id }, body: { decision }, headers: once() })

export const answerClient = (ws: string, id: string, clone: string, body: { choices?: Choice[]; inputs?: Record<string, unknown> }) =>
  ask('post', '/workspaces/{ws}/pushes/{id}/clones/{clone}/answer', { path: { ws, id, clone }, body, headers: once() })

export const rollClientBack = (ws: string, id: string, clone: string, force: boolean) =>
  ask('post', '/workspaces/{ws}/pushes/{id}/clones/{clone}/roll-back', { path: { ws, id, clone }, body: { force }, headers: once() })

export const endTrigger = (ws: string, id: string, clone: string, workflow_id: string, trigger_id: string) =>
  ask('post', '/workspaces/{ws}/pushes/{id}/clones/{clone}/confirm-trigger', { path: { ws, id, clone }, body: { workflow_id, trigger_id }, headers: once() })
