// Contacts from files.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { ask, type Schemas } from './client'

type StartBody = Schemas['StartImportInputBody']

/** Whether the first row of a file names its columns. */
export type Header = NonNullable<StartBody['header']>

export type ImportFile = Schemas['ImportView']

/** A target for each column; an empty text leaves one out. */
export type ImportChoice = Required<StartBody>

/** Largest file, as the server takes it. */
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024

export const uploadContacts = (ws: string, file: File) =>
  ask('post', '/workspaces/{ws}/imports', { path: { ws }, query: { name: file.name.slice(0, 200) }, raw: new Blob([file], { type: 'text/csv' }) })

export const importQuery = (ws: string, id: string, header: Header) =>
  queryOptions({
    queryKey: ['ws', ws, 'imports', id, header],
    queryFn: ({ signal }) => ask('get', '/workspaces/{ws}/imports/{id}', { path: { ws, id }, query: { header }, signal }),
  })

export const startImport = (ws: string, id: string, body: ImportChoice) =>
  ask('post', '/workspaces/{ws}/imports/{id}/start', { path: { ws, id }, body, headers: once() })

/** The address of the rows that were refused; browsers save it as a file. */
export const reportAddress = (ws: string, id: string) => `/api/v1${at(ws, 'imports', id, 'report')}`
