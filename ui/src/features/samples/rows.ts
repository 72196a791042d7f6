// The samples of a trigger as rows of one list, be they requests or earlier runs.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNodeType } from '../../api/nodeTypes'
import type { Trigger } from '../../lib/definition'
import { text } from '../../lib/text'
import { samplesWords as words } from '../../lib/text/en/samples'
import { isSample, requestsQuery, type StoredRequest } from './api'
import { runSamplesQuery, runsOf, takesRequests } from './runs'

export interface SampleRow {
  id: string
  at: string
  how: string
}

/** The samples of a trigger, newest first, as far as they are loaded. */
export function useSampleRows(ws: string, workflowId: string, trigger: Trigger, q: string) {
  const ofRequests = takesRequests(trigger, useNodeType()(trigger.type))
  const requests = useInfiniteQuery({ ...requestsQuery(ws, workflowId, q), enabled: ofRequests })
  const runs = useInfiniteQuery({ ...runSamplesQuery(ws, workflowId, q), enabled: !ofRequests })
  const rows: SampleRow[] = ofRequests
    ? (requests.data?.pages ?? [])
        .flatMap((page) => page.items ?? [])
        .filter((r) => r.trigger_id === trigger.id && isSample(r))
        .map((r) => ({ id: r.id, at: r.received_at, how: howOf(r) }))
    : runsOf(runs.data?.pages, trigger.id).map((r) => ({ id: r.id, at: r.created_at, how: text.runStatus[r.status] ?? r.status }))
  return { rows, list: ofRequests ? requests : runs, ofRequests }
}

const howOf = (request: StoredRequest) =>
  [request.method, words.bytes(request.size), request.test && words.test, request.verdict !== 'accepted' && (words.verdicts[request.verdict] ?? request.verdict)]
    .filter(Boolean)
    .join(' · ')
