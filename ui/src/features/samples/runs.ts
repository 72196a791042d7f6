// What earlier events brought, as samples for triggers that take no requests.
import type { NodeType } from '../../api/nodeTypes'
import { runsQuery, type Run } from '../../api/runs'
import type { Trigger } from '../../lib/definition'

/** Whether a trigger's samples are requests to its address; else they are earlier runs. */
export const takesRequests = (trigger: Pick<Trigger, 'type'>, nodeType: Pick<NodeType, 'source'>): boolean =>
  nodeType.source === 'http' || (nodeType.source === undefined && trigger.type === 'webhook.catch')

/** The runs of a workflow that something real started, newest first; q looks into ids and content. */
export const runSamplesQuery = (ws: string, workflowId: string, q = '') =>
  runsQuery(ws, { workflow_id: workflowId, mode: 'live', ...(q === '' ? {} : { q }) }, 25)

/** Those among them that a trigger started. */
export const runsOf = (pages: { items?: Run[] | null }[] | undefined, triggerId: string | undefined): Run[] =>
  (pages ?? []).flatMap((page) => page.items ?? []).filter((run) => run.trigger_id === triggerId)
