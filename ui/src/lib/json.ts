// JSON without loss. JavaScript rounds integers beyond 2^53 and drops trailing
// zeros; order ids and amounts must be shown as they came. Numbers that
// JavaScript would change are kept as their own text instead.

/** A number whose exact text matters because JavaScript cannot hold it. */
export class ExactNumber {
  constructor(readonly source: string) {}
  toString(): string {
    return this.source
  }
}

const RISKY = /\d{16}|\d[eE]|\.\d*0\b|-0/
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** A text that no document can hold by chance or by guessing. */
function newMarker(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Parses JSON; numbers that would change become ExactNumber. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  if (!RISKY.test(text)) return JSON.parse(text)
  const marker = newMarker()
  const marked = text.replace(TOKEN, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${marker}${token}"`,
  )
  return JSON.parse(marked, (_key, value) =>
    typeof value === 'string' && value.startsWith(marker) ? new ExactNumber(value.slice(marker.length)) : value,
  )
}

/** Prints a value from parseJson, with two spaces unless told otherwise; undefined gives the empty text. */
export function printJson(value: unknown, indent = 2): string {
  const marker = newMarker()
  const text = JSON.stringify(value, (_key, v) => (v instanceof ExactNumber ? marker + v.source : v), indent)
  return text === undefined ? '' : text.replaceAll(new RegExp(`"${marker}([^"]*)"`, 'g'), '$1')
}

/** Whether a value has nothing to show: missing, null, empty text, list or object. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (value instanceof ExactNumber || typeof value !== 'object') return false
  return Object.keys(value).length === 0
}
