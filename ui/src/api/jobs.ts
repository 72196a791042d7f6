// Long work that goes on in the background.
import { queryOptions } from '@tanstack/react-query'
import { call } from './http'

/** What of a job was not possible; `line` is the row of a file. */
export interface JobRefusal {
  run_id?: string
  contact_id?: string
  line?: number
  detail: string
}

export interface Job {
  id: string
  kind: string
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled'
  total: number
  done: number
  failed: number
  result?: {
    errors?: JobRefusal[] | null
    warnings?: JobRefusal[] | null
    detail?: string
    created?: number
    updated?: number
    unchanged?: number
  } | null
}

export const isJobOver = (job: Job) => job.status !== 'queued' && job.status !== 'running'

/** A job, asked for again and again until it is over. */
export const jobQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'jobs', id],
    queryFn: ({ signal }) => call<Job>('GET', `/workspaces/${encodeURIComponent(ws)}/jobs/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: (query) => (query.state.data && isJobOver(query.state.data) ? false : 600),
    staleTime: 0,
  })
