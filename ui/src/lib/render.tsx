import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { Announcer } from '../components/Announcer'
import { theme, variables } from '../theme'

/** What a test's server answers: by "METHOD /path", without /api/v1. */
export type Answers = Record<string, { status?: number; body?: unknown } | ((body: unknown) => { status?: number; body?: unknown })>

/** Puts answers in the place of the server; returns what was called, in order. */
export function serve(answers: Answers): string[] {
  const calls: string[] = []
  vi.stubGlobal(
    'fetch',
    vi.fn((url: string, init: RequestInit) => {
      const key = `${init.method} ${url.replace('/api/v1', '')}`
      calls.push(init.body ? `${key} ${String(init.body)}` : key)
      const found = answers[key]
      if (!found) return Promise.reject(new TypeError(`no answer for ${key}`))
      const { status = 200, body } = typeof found === 'function' ? found(init.body && JSON.parse(String(init.body))) : found
      return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }))
    }),
  )
  return calls
}

/** Shows something as a page at the path, with all that surrounds it in the app. */
export async function show(element: ReactNode, path = '/') {
  const root = createRootRoute()
  const page = createRoute({ getParentRoute: () => root, path: '/$', component: () => <>{element}</> })
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const view = render(
    <MantineProvider theme={theme} cssVariablesResolver={variables} env="test">
      <QueryClientProvider client={client}>
        <Announcer>
          <RouterProvider router={router as never} />
        </Announcer>
      </QueryClientProvider>
    </MantineProvider>,
  )
  await router.load()
  return view
}
