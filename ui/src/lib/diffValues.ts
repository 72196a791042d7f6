// What is different between two values, place by place.
import { ExactNumber } from './json'
import { memberPath } from './treePath'

export interface Difference {
  /** Where, as a mapping names it; empty for the whole. */
  path: string
  /** undefined where there is nothing. */
  left: unknown
  right: unknown
}

/** Differences in reading order, at most `limit`; `more` counts the others up to ten times that. */
export function diffValues(left: unknown, right: unknown, base = '', limit = 100): { differences: Difference[]; more: number } {
  const differences: Difference[] = []
  let more = 0
  const visit = (a: unknown, b: unknown, path: string) => {
    if (more >= limit * 10 || same(a, b)) return
    if (branch(a) && branch(b) && Array.isArray(a) === Array.isArray(b)) {
      for (const key of keysOf(a, b)) visit((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], memberPath(path, Array.isArray(a) ? Number(key) : key))
      return
    }
    if (differences.length < limit) differences.push({ path, left: a, right: b })
    else more++
  }
  visit(left, right, base)
  return { differences, more }
}

const branch = (v: unknown): v is object => v !== null && typeof v === 'object' && !(v instanceof ExactNumber)

function same(a: unknown, b: unknown): boolean {
  if (a instanceof ExactNumber && b instanceof ExactNumber) return a.source === b.source
  return Object.is(a, b)
}

function keysOf(a: object, b: object): string[] {
  return Array.from(new Set([...Object.keys(a), ...Object.keys(b)]))
}
