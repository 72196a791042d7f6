// A custom value as a person types it, and as it is stored.
import { ExactNumber, parseJson, printJson } from '../../lib/json'
import { values as words } from '../../lib/text/en/setup'

export type ValueKind = keyof typeof words.kinds

/** How a stored value is edited. */
export function kindOf(value: unknown): ValueKind {
  if (typeof value === 'number' || value instanceof ExactNumber) return 'number'
  if (typeof value === 'boolean') return 'switch'
  return value === null || value === undefined || typeof value === 'string' ? 'text' : 'json'
}

/** A stored value as it is typed. */
export function typedOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : printJson(value)
}

/** What is stored of what was typed, or the problem in words. */
export function storedOf(kind: ValueKind, typed: string): { value: unknown } | { problem: string } {
  if (kind === 'text') return { value: typed }
  if (kind === 'switch') return { value: typed === 'true' }
  if (kind === 'number') {
    const digits = typed.trim()
    return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(digits) ? { value: new ExactNumber(digits) } : { problem: words.badNumber }
  }
  try {
    return { value: parseJson(typed) }
  } catch (error) {
    return { problem: words.badJson(error instanceof Error ? error.message : String(error)) }
  }
}
