// A whole workspace as files: out as a zip, and back in from one.
import { queryOptions } from '@tanstack/react-query'
import { at, once } from './at'
import { text } from '../lib/text'
import { ask, type Schemas } from './client'
import { ApiError, problemFrom } from './http'

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

/** How long a saved file's address in the browser is kept for a save that asks where to, in milliseconds. */
const SAVING_MS = 60_000

/** Has the browser save the zip, and tells how many secrets, addresses and texts are not in it. */
export async function exportFiles(ws: string): Promise<number> {
  const response = await fetch(`/api/v1${at(ws, 'export')}`, { credentials: 'same-origin' }).catch(() => {
    throw new ApiError(text.errors.unreachable, 0)
  })
  if (!response.ok) throw problemFrom(response.status, await response.text())
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? `${ws}.zip`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING_MS)
  return Number(response.headers.get('X-Left-Out') ?? 0)
}

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
