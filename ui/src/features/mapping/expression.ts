// The inside of a mapping, as far as clicks can make it: a path with functions
// behind pipes. Anything else is a formula, which is kept as it is written.
import { commentEnd, quoteEnd } from './template'

/** A step of a path: the name of an entry, or the place in a list. */
export type Key = string | number
export type Path = Key[]

/** A function behind a pipe; arguments as they are written. */
export interface Call {
  name: string
  args: string[]
}

/** `base | f(x) | g()`. */
export interface Pipe {
  base: string
  /** The base as a path; undefined when it is a formula. */
  path?: Path
  calls: Call[]
}

/** Reads a mapping's source; a formula comes back as a base without a path. */
export function parsePipe(source: string): Pipe {
  const written = source.trim()
  const formula = (): Pipe => ({ base: written, path: parsePath(written), calls: [] })
  const pieces = splitTop(written, '|')
  if (!pieces) return formula()
  const [base = '', ...rest] = pieces
  const calls: Call[] = []
  for (const piece of rest) {
    const call = parseCall(piece)
    if (!call) return formula()
    calls.push(call)
  }
  return { base: base.trim(), path: parsePath(base), calls }
}

export function printPipe(pipe: Pick<Pipe, 'base' | 'calls'>): string {
  return [pipe.base, ...pipe.calls.map((call) => `${call.name}(${call.args.join(', ')})`)].join(' | ')
}

/** A mapping with its braces. */
export const mappingOf = (source: string): string => `{{ ${source} }}`

/** The mapping of a path. */
export const mappingTo = (path: Path): string => mappingOf(printPath(path))

function parseCall(text: string): Call | undefined {
  const match = /^\s*([A-Za-z_]\w*)\s*\(([\s\S]*)\)\s*$/.exec(text)
  if (!match?.[1]) return undefined
  const inside = match[2] ?? ''
  if (inside.trim() === '') return { name: match[1], args: [] }
  const args = splitTop(inside, ',')
  return args && { name: match[1], args: args.map((arg) => arg.trim()) }
}

const OPENING = '([{'
const CLOSING = ')]}'

/** Splits where a sign stands outside of quotes and brackets; undefined when these do not match up. */
export function splitTop(text: string, sign: ',' | '|'): string[] | undefined {
  const pieces: string[] = []
  const open: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '"' || c === "'" || c === '`') {
      const end = quoteEnd(text, i)
      if (end < 0) return undefined
      i = end
    } else if (c === '/' && /[/*]/.test(text[i + 1] ?? '')) {
      i = commentEnd(text, i)
    } else if (OPENING.includes(c)) {
      open.push(c)
    } else if (CLOSING.includes(c)) {
      if (open.pop() !== OPENING[CLOSING.indexOf(c)]) return undefined
    } else if (c === sign && open.length === 0) {
      if (sign === '|' && text[i + 1] === '|') {
        i++ // the operator "or"
        continue
      }
      pieces.push(text.slice(from, i))
      from = i + 1
    }
  }
  if (open.length > 0) return undefined
  pieces.push(text.slice(from))
  return pieces
}

const NAME = /^[\p{L}_$][\p{L}\p{Nd}_$]*/u
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Words that the language has taken: they cannot begin a path. */
const WORDS = new Set(['true', 'false', 'nil', 'not', 'and', 'or', 'in', 'let', 'if', 'else'])

/** Reads `root.name["other name"][0]`; undefined for anything that is no plain path. */
export function parsePath(source: string): Path | undefined {
  let rest = source.trim()
  const root = NAME.exec(rest)?.[0]
  if (!root || WORDS.has(root)) return undefined
  const path: Path = [root]
  rest = rest.slice(root.length)
  while (rest !== '') {
    const dotted = /^\s*\??\.\s*/.exec(rest)
    if (dotted && rest[dotted[0].length] !== '[') {
      const name = NAME.exec(rest.slice(dotted[0].length))?.[0]
      if (!name) return undefined
      path.push(name)
      rest = rest.slice(dotted[0].length + name.length)
      continue
    }
    const key = bracketKey(rest)
    if (!key) return undefined
    path.push(key.key)
    rest = rest.slice(key.length)
  }
  return path
}

function bracketKey(text: string): { key: Key; length: number } | undefined {
  const start = /^\s*(?:\?\.)?\[\s*/.exec(text)?.[0].length
  if (start === undefined) return undefined
  const index = /^(\d{1,9})\s*\]/.exec(text.slice(start))
  if (index) return { key: Number(index[1]), length: start + index[0].length }
  if (!/["']/.test(text[start] ?? '')) return undefined
  const end = quoteEnd(text, start)
  if (end < 0) return undefined
  const closing = /^\s*\]/.exec(text.slice(end + 1))
  const key = readQuoted(text.slice(start, end + 1))
  return closing && key !== undefined ? { key, length: end + 1 + closing[0].length } : undefined
}

/** Prints a path so that parsePath gives it back, whatever its names hold. */
export function printPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      if (index === 0) return key
      return PLAIN.test(key) ? `.${key}` : `[${quote(key)}]`
    })
    .join('')
}

/** A text in quotes, as the language reads it. */
export function quote(text: string): string {
  // The language knows no \b and \f, which JSON writes.
  return JSON.stringify(text).replace(/\\(?:\\|b|f)/g, (found) =>
    found === '\\b' ? '\\u0008' : found === '\\f' ? '\\u000c' : found,
  )
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

/** The text of a quoted one; undefined when it is none. */
export function readQuoted(quoted: string): string | undefined {
  const sign = quoted[0]
  if (!sign || !/["']/.test(sign) || quoted.length < 2 || quoteEnd(quoted, 0) !== quoted.length - 1) return undefined
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_, u?: string, x?: string, c?: string) =>
      u || x ? String.fromCharCode(Number.parseInt(u ?? x ?? '', 16)) : (ESCAPES[c ?? ''] ?? c ?? ''),
    )
}

/** Puts a function behind a mapping, or takes its place when it is there already. */
export function withCall(source: string, call: Call, replaces: readonly string[] = [call.name]): string {
  const pipe = parsePipe(source)
  const at = pipe.calls.findIndex((c) => replaces.includes(c.name))
  const calls = pipe.calls.filter((c) => !replaces.includes(c.name))
  calls.splice(at < 0 ? calls.length : Math.min(at, calls.length), 0, call)
  return printPipe({ base: closed(pipe), calls })
}

/** A base behind which a pipe takes all of it: a choice or a variable needs brackets. */
const closed = (pipe: Pipe) => (!pipe.path && pipe.calls.length === 0 && /[?;]|^let\b/.test(pipe.base) && !/^\(.*\)$/s.test(pipe.base) ? `(${pipe.base})` : pipe.base)

/** Takes functions off a mapping. */
export function withoutCalls(source: string, names: readonly string[]): string {
  const pipe = parsePipe(source)
  return printPipe({ base: pipe.base, calls: pipe.calls.filter((call) => !names.includes(call.name)) })
}
