// Addresses of the pages. Each page is loaded when it is first opened.
import { QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { ApiError } from './api/http'
import type { RunFilter } from './api/runs'
import { meQuery, type Me } from './api/session'
import { Crash, NotFound } from './components/Fallback'
import { Shell } from './components/Shell'
import { innerPath } from './lib/innerPath'

interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound, errorComponent: Crash })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => ({ next: innerPath(text(search.next)) }),
  component: lazyRouteComponent(() => import('./features/auth/SignInPage'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/auth/SetUpPage'), 'SetUpPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch: (search): { token?: string } => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import('./features/auth/ResetPage'), 'ResetPage'),
})

/** Who is signed in; nobody is sent to the sign-in page and back afterwards. */
async function whoIsIn({ context, location }: { context: Context; location: { href: string } }): Promise<Me> {
  try {
    return await context.client.ensureQueryData(meQuery)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      throw redirect({ to: '/sign-in', search: { next: innerPath(location.href) } })
    }
    throw error
  }
}

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async (match) => {
    const me = await whoIsIn(match)
    const first = me.workspaces[0]
    if (first) throw redirect({ to: '/w/$ws/workflows', params: { ws: first.slug } })
  },
  component: NotFound, // only for somebody who belongs to no workspace
})

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$ws',
  beforeLoad: async (match) => ({ me: await whoIsIn(match) }),
  component: Shell,
})

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$ws/workflows', params })
  },
})

const workflows = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows',
  component: lazyRouteComponent(() => import('./features/workflows/WorkflowsPage'), 'WorkflowsPage'),
})

const workflow = createRoute({
  getParentRoute: () => workspace,
  path: '/workflows/$id',
  component: lazyRouteComponent(() => import('./features/workflows/WorkflowPage'), 'WorkflowPage'),
})

const runs = createRoute({
  getParentRoute: () => workspace,
  path: '/runs',
  validateSearch: (search): RunFilter => ({ status: text(search.status), workflow_id: text(search.workflow_id) }),
  component: lazyRouteComponent(() => import('./features/runs/RunsPage'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => workspace,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('./features/runs/RunPage'), 'RunPage'),
})

const routeTree = root.addChildren([
  signIn,
  setUp,
  reset,
  home,
  workspace.addChildren([workspaceHome, workflows, workflow, runs, run]),
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

/** The router and the store of server answers, joined: a lost session leads to the sign-in page. */
export function newApp() {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== 'me' && error instanceof ApiError && error.status === 401) {
          client.clear()
          const next = innerPath(router.state.location.href)
          void router.navigate({ to: '/sign-in', search: { next } })
        }
      },
    }),
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

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
