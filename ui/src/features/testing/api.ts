// Test runs of a draft.
import { queryOptions } from '@tanstack/react-query'
import { call, query, type Page } from '../../api/http'
import { isOpen, type Run } from '../../api/runs'

/** How far a test goes. */
export type Reach = 'step' | 'here' | 'all'

export interface TestOrder {
  trigger?: string
  request_id?: string
  contact_id?: string
  dry_run: boolean
}

const one = (ws: string, workflowId: string) => `/workspaces/${encodeURIComponent(ws)}/workflows/${encodeURIComponent(workflowId)}`

/** Starts a test of the stored draft. */
export function startTest(ws: string, workflowId: string, stepId: string, reach: Reach, order: TestOrder) {
  const path = reach === 'step' ? `${one(ws, workflowId)}/steps/${encodeURIComponent(stepId)}/test` : `${one(ws, workflowId)}/test`
  const body = reach === 'here' ? { ...order, until_step: stepId } : order
  return call<{ run_id: string }>('POST', path, { body })
}

/** A test run while it runs and when it is done. */
export const testRunQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'runs', 'one', id],
    queryFn: ({ signal }) => call<Run>('GET', `/workspaces/${encodeURIComponent(ws)}/runs/${encodeURIComponent(id)}`, { signal }),
    // The live line tells too; this is for when it is interrupted.
    refetchInterval: (query) => (query.state.data && !isOpen(query.state.data.status) ? false : 700),
  })

interface Person {
  id: string
  name?: string
  email?: string
  phone?: string
}

/** Contacts to test with, by a part of their name or address. */
export const contactChoicesQuery = (ws: string, q: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'contacts', 'choices', q],
    queryFn: async ({ signal }) => {
      const page = await call<Page<Person>>('GET', `/workspaces/${encodeURIComponent(ws)}/contacts${query({ q, limit: 20 })}`, { signal })
      return (page.items ?? []).map((p) => ({ value: p.id, label: [p.name, p.email || p.phone].filter(Boolean).join(' · ') || p.id }))
    },
  })
