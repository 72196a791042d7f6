// Test runs of a draft.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client'
import { isOpen, runQuery } from '../../api/runs'

/** How far a test goes. */
export type Reach = 'step' | 'here' | 'all'

export type TestOrder = Omit<Schemas['TestBody'], 'until_step'>

/** Starts a test of the stored draft. */
export function startTest(ws: string, id: string, step: string, reach: Reach, order: TestOrder) {
  if (reach === 'step') return ask('post', '/workspaces/{ws}/workflows/{id}/steps/{step}/test', { path: { ws, id, step }, body: order })
  const body = reach === 'here' ? { ...order, until_step: step } : order
  return ask('post', '/workspaces/{ws}/workflows/{id}/test', { path: { ws, id }, body })
}

/** A test run while it runs and when it is done. */
export const testRunQuery = (ws: string, id: string) =>
  queryOptions({
    ...runQuery(ws, id),
    // The live line tells too; this is for when it is interrupted.
    refetchInterval: (query) => (query.state.data && !isOpen(query.state.data.status) ? false : 700),
  })

/** Contacts to test with, by a part of their name or address. */
export const contactChoicesQuery = (ws: string, q: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'choices', q],
    queryFn: async ({ signal }) => {
      const page = await ask('get', '/workspaces/{ws}/contacts', { path: { ws }, query: { q, limit: 20 }, signal })
      return page.items.map((p) => ({ value: p.id, label: [p.name, p.email || p.phone].filter(Boolean).join(' · ') || p.id }))
    },
  })
