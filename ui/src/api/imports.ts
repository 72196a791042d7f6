// Contacts from files.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { call, query } from './http'

/** Whether the first row of a file names its columns. */
export type Header = 'auto' | 'yes' | 'no'

export interface ImportFile {
  id: string
  name: string
  header: boolean
  /** Without the heading. */
  rows: number
  columns: { index: number; heading: string; samples: string[]; guess: string }[]
  /** What a column can become. */
  targets: { target: string; label: string }[]
  /** The job that imports it; null before it was started. */
  job_id: string | null
  /** Whether there is a report of refused rows. */
  refused: boolean
}

export interface ImportChoice {
  header: Header
  /** A target for each column; an empty text leaves one out. */
  columns: string[]
  tags: string[]
  keep_existing: boolean
  start_workflows: boolean
}

/** Largest file, as the server takes it. */
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024

export const uploadContacts = (ws: string, file: File) =>
  call<ImportFile>('POST', `${at(ws, 'imports')}${query({ name: file.name.slice(0, 200) })}`, { raw: new Blob([file], { type: 'text/csv' }) })

export const importQuery = (ws: string, id: string, header: Header) =>
  queryOptions({
    queryKey: ['ws', ws, 'imports', id, header],
    queryFn: ({ signal }) => call<ImportFile>('GET', `${at(ws, 'imports', id)}${query({ header })}`, { signal }),
  })

export const startImport = (ws: string, id: string, body: ImportChoice) =>
  call<{ job_id: string; total: number }>('POST', at(ws, 'imports', id, 'start'), { body, headers: once() })

/** The address of the rows that were refused; browsers save it as a file. */
export const reportAddress = (ws: string, id: string) => `/api/v1${at(ws, 'imports', id, 'report')}`
