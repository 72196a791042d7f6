// How a workspace does: what failed by cause, and runs over time.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from './client'

/** Failed or parked runs with one cause. */
export type FailureGroup = Schemas['FailureGroup']

export const failuresQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'failures'],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/failures', { path: { ws }, signal }),
    staleTime: 15_000,
  })

/** What ran in one span of time; its day is that of the workspace's zone. */
export type Slot = Schemas['Slot']

export const slotTotal = (slot: Schemas['Counts']) => slot.succeeded + slot.failed + slot.open + slot.canceled

export type Chart = Schemas['Chart']

export const chartQuery = (ws: string, by: Chart['by'], from?: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'chart', by, from ?? ''],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/runs/chart', { path: { ws }, query: { by, from }, signal }),
    staleTime: 30_000,
  })

/** The last seven days of a workflow. */
export type Activity = Schemas['Activity']

/** By workflow; those without runs in seven days are absent. */
export const activityQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'activity'],
    queryFn: async ({ signal }) => {
      const answer = await ask('get', '/workspaces/{ws}/workflows/activity', { path: { ws }, signal })
      return new Map(answer.items.map((activity) => [activity.workflow_id, activity]))
    },
    staleTime: 30_000,
  })
