// All pages at their addresses. Each is loaded when it is first opened.
import { MutationCache, notifyManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { type AnyRouter, createRouter } from '@tanstack/react-router'
import { ApiError } from './api/http'
import { meQuery } from './api/session'
import { sessionLost } from './lib/sessionLost'
import { automationRoutes } from './routes/automation'
import { peopleRoutes } from './routes/people'
import { root } from './routes/root'
import { setupRoutes } from './routes/setup'
import { visitorRoutes } from './routes/visitor'
import { allClients, home, workspace, workspaceHome } from './routes/workspace'

const routeTree = root.addChildren([
  ...visitorRoutes,
  home,
  allClients,
  workspace.addChildren([workspaceHome, ...automationRoutes, ...peopleRoutes, ...setupRoutes]),
])

/** Query text as it stands: a token of digits must not become a number. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search))

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const encoded = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return encoded === '' ? '' : `?${encoded}`
}

function newRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  })
}

/** The router and the store of server answers, joined: a lost session asks for the password over the page. */
export function newApp() {
  // At once, not in a timer: a button that works must not take a second press before it looks like it.
  notifyManager.setScheduler(queueMicrotask)
  const onError = (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) return
    // Somebody was in: what they typed stays. Otherwise the route leads to signing in.
    if (client.getQueryData(meQuery.queryKey)) sessionLost.set(true)
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the server refused stays refused; only a lost connection is tried again.
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
    },
  })
  const router = newRouter(client)
  return { client, router }
}

/** Begins to load the page at the address, beside the question of who is signed in. */
export function prepareFirstPage(router: AnyRouter): void {
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const { component } = router.routesById[routeId]?.options ?? {}
    void component?.preload?.()
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
