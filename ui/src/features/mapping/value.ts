// Values of a sample: finding one by its path, and showing it in few characters.
import { ExactNumber, printJson } from '../../lib/json'
import { mappingWords as words } from '../../lib/text/en/mapping'
import type { Path } from './expression'

export interface Found {
  /** Whether the place exists; null and empty text do. */
  there: boolean
  value: unknown
}

const NOTHING: Found = { there: false, value: undefined }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)

/** Walks a path into a value. */
export function follow(value: unknown, path: Path): Found {
  let here = value
  for (const key of path) {
    if (Array.isArray(here)) {
      const index = Number(key)
      if (!Number.isInteger(index) || index < 0 || index >= here.length) return NOTHING
      here = here[index]
    } else if (isObject(here) && Object.hasOwn(here, String(key))) {
      here = here[String(key)]
    } else {
      return NOTHING
    }
  }
  return here === undefined ? NOTHING : { there: true, value: here }
}

/** A value on one line: numbers exactly, long text cut, lists and objects counted. */
export function glance(value: unknown, length = 40): string {
  if (value === null || value === undefined) return words.nothing
  if (Array.isArray(value)) return words.entries(value.length)
  if (isObject(value)) return words.parts(Object.keys(value).length)
  const text = String(value)
  if (text === '') return words.empty
  // Only the start is cleaned: a text may have megabytes.
  const line = text.slice(0, length * 4).replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}

/** A value as it would stand in a text: objects and lists as JSON. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' && !(value instanceof ExactNumber) ? printJson(value) : String(value)
}

/** Whether a value counts as empty in mappings: missing, null, blank, or without entries. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}
