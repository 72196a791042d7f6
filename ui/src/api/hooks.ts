// Addresses that are called when something happens, and every call that was made.
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { once } from './at'
import { ask, type Schemas } from './client'

export type Hook = Schemas['HookView']
export type HookFormat = Hook['format']
/** Its secret is shown this once. */
export type NewHook = Schemas['NewHookView']
export type HookChange = Schemas['PatchHookInputBody']
/** Its event is null when the hook was deleted. */
export type Delivery = Schemas['DeliveryView']
export type DeliveryStatus = Delivery['status']

/** Whether a delivery has ended, so that it can be sent again. */
export const isOver = (status: DeliveryStatus) => !['queued', 'running', 'waiting', 'held'].includes(status)

/** The document leaves body and answer open. */
export type DeliveryDetail = Omit<Schemas['DeliveryDetail'], 'answer'> & {
  answer: { status?: number; headers?: Record<string, unknown>; body?: unknown; duration_ms?: number } | null
}

// What runs do changes health and what is kept, so it is asked for again with them.
export const hooksKey = (ws: string) => ['ws', ws, 'runs', 'list', 'hooks']

/** Has all be asked for again that shows a hook: some stand at an offer, a form or the checkout too. */
export const renewHooks = (client: QueryClient, ws: string) =>
  Promise.all([hooksKey(ws), ['ws', ws, 'offers'], ['ws', ws, 'forms'], ['ws', ws, 'checkout']].map((queryKey) => client.invalidateQueries({ queryKey })))

export const hooksQuery = (ws: string) =>
  infiniteQueryOptions({
    queryKey: [...hooksKey(ws), 'all'],
    queryFn: ({ signal, pageParam }) => ask('get', '/workspaces/{ws}/hooks', { path: { ws }, query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
  })

export const hookQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: [...hooksKey(ws), 'one', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/hooks/{id}', { path: { ws, id }, signal }),
    // Nothing runs, and so nothing tells, when a paused hook keeps an event.
    refetchInterval: (query) => (query.state.data?.status === 'paused' ? 3_000 : false),
  })

export const createHook = (ws: string, body: Schemas['CreateHookInputBody']) => ask('post', '/workspaces/{ws}/hooks', { path: { ws }, body, headers: once() })
export const updateHook = (ws: string, id: string, body: HookChange) => ask('patch', '/workspaces/{ws}/hooks/{id}', { path: { ws, id }, body })
export const deleteHook = (ws: string, id: string) => ask('delete', '/workspaces/{ws}/hooks/{id}', { path: { ws, id } })
export const testHook = (ws: string, id: string) => ask('post', '/workspaces/{ws}/hooks/{id}/test', { path: { ws, id }, headers: once() })

/** Deliveries are signed with both secrets for the overlap, such as "24h" or "0s". */
export const rotateSecret = (ws: string, id: string, overlap: string) =>
  ask('post', '/workspaces/{ws}/hooks/{id}/rotate-secret', { path: { ws, id }, body: { overlap }, headers: once() })

export const checkoutQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'checkout'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/checkout', { path: { ws }, signal }),
  })

/** An empty URL takes it away. */
export const setCheckout = (ws: string, url: string) => ask('patch', '/workspaces/{ws}/checkout', { path: { ws }, body: { purchase_webhook_url: url } })

export interface DeliveryFilter {
  hook_id?: string
  event?: string
  status?: string
  contact_id?: string
}

export const deliveriesKey = (ws: string, filter: DeliveryFilter) => ['ws', ws, 'runs', 'feed', 'deliveries', filter]

export const listDeliveries = (ws: string, filter: DeliveryFilter, cursor: string, signal?: AbortSignal, limit = 100) =>
  ask('get', '/workspaces/{ws}/deliveries', { path: { ws }, query: { ...filter, cursor, limit }, signal })

/** The newest deliveries of a hook. */
export const latestQuery = (ws: string, hook: string, limit: number) =>
  queryOptions({
    queryKey: [...hooksKey(ws), 'latest', hook],
    queryFn: ({ signal }) => listDeliveries(ws, { hook_id: hook }, '', signal, limit),
  })

export const deliveryQuery = (ws: string, id: string) =>
  queryOptions({
    // A delivery is a run: what is told of that renews this.
    queryKey: ['ws', ws, 'runs', 'one', id.replace(/^dlv_/, 'run_'), 'delivery'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/deliveries/{id}', { path: { ws, id }, signal }) as Promise<DeliveryDetail>,
  })

export const resend = (ws: string, id: string) => ask('post', '/workspaces/{ws}/deliveries/{id}/resend', { path: { ws, id }, headers: once() })

/** Sends all that have failed since a time again; answers a job. */
export const resendFailed = (ws: string, body: Schemas['ResendManyInputBody']) => ask('post', '/workspaces/{ws}/deliveries/resend', { path: { ws }, body, headers: once() })
