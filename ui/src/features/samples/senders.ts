// Senders that can send a sample of themselves, and samples made by hand.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from '../../api/client'
import type { Trigger } from '../../lib/definition'

/** Its scheme is the value of the trigger's signature.scheme; "none" without one. */
export type Sender = Schemas['SenderView']

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: async ({ signal }) => (await ask('get', '/senders', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
})

/** What became of a sample. */
export type Kept = Schemas['Sent']

/** Sends a sender's sample to the trigger, signed as that sender signs; it starts nothing. */
export const sendSample = (ws: string, id: string, trigger: string, body: Schemas['SendBody']) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/triggers/{trigger}/send-sample', { path: { ws, id, trigger }, body })

/** Keeps pasted data as a sample; small faults in it are mended and noted. */
export const pasteSample = (ws: string, id: string, trigger: string, body: Schemas['PasteBody']) =>
  ask('post', '/workspaces/{ws}/workflows/{id}/triggers/{trigger}/samples', { path: { ws, id, trigger }, body })

/** Which sender a trigger is set up for, by its signature.scheme; "none" for anybody. */
export const schemeOf = (trigger: Trigger): string => {
  const signature = trigger.params?.signature
  return typeof signature === 'object' && signature !== null && 'scheme' in signature ? String(signature.scheme) : 'none'
}
