// How a workspace does: what failed by cause, and runs over time.
import { queryOptions } from '@tanstack/react-query'
import { at } from './at'
import { call, query, type Page } from './http'
import type { RunFilter } from './runs'

/** Failed or parked runs with one cause. */
export interface FailureGroup {
  id: string
  status: 'failed' | 'parked'
  workflow_id: string
  workflow_name: string
  /** The workflow is deleted. */
  workflow_gone?: boolean
  step_id: string
  step_name: string
  step_type: string
  /** Pointer to the param to blame; absent for none. */
  field?: string
  /** Whether the draft still has the step. */
  in_draft?: boolean
  code: string
  message: string
  detail?: string
  count: number
  first_at: string
  last_at: string
  /** The newest of the runs. */
  run_id: string
  version?: number | null
  /** Whether a newer version than that of the runs is live. */
  newer_version?: boolean
  /** What names these runs for lists and bulk actions. */
  filter: RunFilter
}

export const failuresQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'failures'],
    queryFn: ({ signal }) => call<Page<FailureGroup>>('GET', at(ws, 'failures'), { signal }),
    staleTime: 15_000,
  })

/** What ran in one span of time. */
export interface Slot {
  at: string
  /** The day in the workspace's zone, such as 2026-03-01. */
  day: string
  succeeded: number
  failed: number
  open: number
  canceled: number
}

export const slotTotal = (slot: Omit<Slot, 'at' | 'day'>) => slot.succeeded + slot.failed + slot.open + slot.canceled

export interface Chart {
  slots: Slot[]
  total: Omit<Slot, 'at' | 'day'>
}

export const chartQuery = (ws: string, by: 'hour' | 'day', from?: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'chart', by, from ?? ''],
    queryFn: ({ signal }) => call<Chart>('GET', `${at(ws, 'runs', 'chart')}${query({ by, from })}`, { signal }),
    staleTime: 30_000,
  })

/** The last seven days of a workflow. */
export interface Activity {
  workflow_id: string
  days: Slot[]
  last_error: { run_id: string; step_id: string; message: string; at: string } | null
}

/** By workflow; those without runs in seven days are absent. */
export const activityQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'health', 'activity'],
    queryFn: async ({ signal }) => {
      const answer = await call<Page<Activity>>('GET', at(ws, 'workflows', 'activity'), { signal })
      return new Map((answer.items ?? []).map((activity) => [activity.workflow_id, activity]))
    },
    staleTime: 30_000,
  })
