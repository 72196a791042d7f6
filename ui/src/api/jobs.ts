// Long work that goes on in the background.
import { queryOptions } from '@tanstack/react-query'
import { ask, type Schemas } from './client'

/** What of a job was not possible; `line` is the row of a file. */
export interface JobRefusal {
  run_id?: string
  contact_id?: string
  line?: number
  detail: string
}

/** The document leaves the result open: each kind of job has its own. */
export type Job = Omit<Schemas['JobView'], 'result'> & {
  result?: {
    errors?: JobRefusal[] | null
    warnings?: JobRefusal[] | null
    detail?: string
    created?: number
    updated?: number
    unchanged?: number
  } | null
}

export const isJobOver = (job: Pick<Job, 'status'>) => job.status !== 'queued' && job.status !== 'running'

/** How often a job is looked at although nothing was heard of it: changes may be lost. */
const UNHEARD_MS = 3_000

/** A job until it is over: live changes tell how far it is. */
export const jobQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'jobs', id],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/jobs/{id}', { path: { ws, id }, signal }) as Promise<Job>,
    refetchInterval: (query) => (query.state.data && isJobOver(query.state.data) ? false : UNHEARD_MS),
    staleTime: 0,
  })
