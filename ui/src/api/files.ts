// A whole workspace as files: out as a zip, and back in from one.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { ask, type Schemas } from './client'

export type FilesReport = Schemas['Report']
export type FilesItem = FilesReport['items'][number]
export type FilesNeed = FilesReport['needs'][number]

/** What becomes of workflows and templates whose name is there already. */
export type Existing = 'keep' | 'update' | 'copy'

/** Largest upload, as the server takes it. */
export const MAX_FILES_BYTES = 20 * 1024 * 1024

/** What was chosen, read whole: what becomes of the file on the disk meanwhile changes nothing. */
export interface Chosen {
  name: string
  content: Blob
  /** Tells one choice from the next of equal name. */
  stamp: string
}

/** Reads what was chosen. It fails for a folder, and for what was moved away. */
export async function readChosen(file: File): Promise<Chosen> {
  const content = new Blob([await file.arrayBuffer()], { type: 'application/zip' }) // of one file too: the server looks inside
  return { name: file.name, content, stamp: `${file.name} ${file.size} ${file.lastModified}` }
}

/** The rights without which the server refuses an export. */
export const EXPORT_RIGHTS = [
  'templates:read',
  'workflows:read',
  'contacts:read',
  'offers:read',
  'forms:read',
  'values:read',
  'connections:read',
  'hooks:read',
] as const

/** The address of the zip; browsers save it as a file. */
export const exportAddress = (ws: string) => `/api/v1${at(ws, 'export')}`

/** What an import would do. Asked once for each choice: the file goes along every time. */
export const previewQuery = (ws: string, chosen: Chosen, existing: Existing) =>
  queryOptions({
    queryKey: ['import-preview', ws, chosen.stamp, existing],
    queryFn: ({ signal }) => ask('post', '/workspaces/{ws}/import', { path: { ws }, query: { dry_run: true, existing }, raw: chosen.content, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const importFiles = (ws: string, chosen: Chosen, existing: Existing) =>
  ask('post', '/workspaces/{ws}/import', { path: { ws }, query: { existing }, raw: chosen.content, rawName: chosen.stamp, headers: once() })
