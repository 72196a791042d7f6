// Senders that can send a sample of themselves, and samples made by hand.
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/http'

export interface Sender {
  id: string
  label: string
  /** Value of the trigger's signature.scheme; "none" without one. */
  scheme: string
  secret_help?: string
  events?: { id: string; label: string }[] | null
}

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: async ({ signal }) => (await call<{ items: Sender[] | null }>('GET', '/senders', { signal })).items ?? [],
  staleTime: Number.POSITIVE_INFINITY,
})

/** What became of a sample. */
export interface Kept {
  request_id: string
  verdict: string
  status: number
  reason?: string
  notes?: string[] | null
}

const at = (ws: string, workflowId: string, trigger: string) =>
  `/workspaces/${encodeURIComponent(ws)}/workflows/${encodeURIComponent(workflowId)}/triggers/${encodeURIComponent(trigger)}`

/** Sends a sender's sample to the trigger, signed as that sender signs; it starts nothing. */
export const sendSample = (ws: string, workflowId: string, trigger: string, body: { sender: string; event?: string }) =>
  call<Kept>('POST', `${at(ws, workflowId, trigger)}/send-sample`, { body })

/** Keeps pasted data as a sample; small faults in it are mended and noted. */
export const pasteSample = (ws: string, workflowId: string, trigger: string, body: { text: string; query?: string }) =>
  call<Kept>('POST', `${at(ws, workflowId, trigger)}/samples`, { body })
