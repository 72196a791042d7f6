// Templates: text with {{ mappings }}. The rules are the server's
// (engine/mapping/scan.go): a backslash before {{ makes it literal, }} outside
// of a mapping is text, and quotes, comments and braces inside one are followed.

/** A stretch of a template, exactly as it stands there. */
export interface Part {
  kind: 'text' | 'mapping'
  raw: string
  /** Where it stands, counted in UTF-16 units. */
  from: number
  to: number
  /** What stands between the braces, with its blanks; of mappings only. */
  source: string
}

/** Why a template cannot be read, and where. */
export interface Fault {
  code: 'open' | 'quote' | 'brace'
  from: number
  to: number
}

export interface Template {
  parts: Part[]
  fault?: Fault
}

const OPEN = '{{'

/** Cuts a template into its parts. Behind a fault the rest is one text. */
export function parseTemplate(template: string): Template {
  const parts: Part[] = []
  let textFrom = 0
  const text = (to: number) => {
    if (to > textFrom) parts.push({ kind: 'text', raw: template.slice(textFrom, to), from: textFrom, to, source: '' })
  }
  for (let at = 0; ; ) {
    const next = template.indexOf(OPEN, at)
    if (next < 0) break
    const start = next + OPEN.length
    if (slashesBefore(template, next, at) % 2 === 1) {
      at = start
      continue
    }
    const end = mappingEnd(template, start)
    if (typeof end !== 'number') {
      text(template.length)
      return { parts, fault: end }
    }
    text(next)
    parts.push({ kind: 'mapping', raw: template.slice(next, end + 2), from: next, to: end + 2, source: template.slice(start, end) })
    at = textFrom = end + 2
  }
  text(template.length)
  return { parts }
}

function slashesBefore(text: string, at: number, notBefore: number): number {
  let n = 0
  while (at - n - 1 >= notBefore && text[at - n - 1] === '\\') n++
  return n
}

/** Where the }} of the mapping stands whose source begins at start. */
function mappingEnd(text: string, start: number): number | Fault {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const c = text[i]
    if (c === '"' || c === "'" || c === '`') {
      const end = quoteEnd(text, i)
      if (end < 0) return { code: 'quote', from: i, to: i + 1 }
      i = end
    } else if (c === '/') {
      i = commentEnd(text, i)
    } else if (c === '{') {
      depth++
    } else if (c === '}') {
      if (depth === 0) return text[i + 1] === '}' ? i : { code: 'brace', from: i, to: i + 1 }
      depth--
    }
  }
  return { code: 'open', from: start - 2, to: start }
}

/** The quote that closes the one at start; -1 when there is none. */
export function quoteEnd(text: string, start: number): number {
  const quote = text[start]
  for (let i = start + 1; i < text.length; i++) {
    const c = text[i]
    if (c === '\\' && quote !== '`') i++
    else if (c === '\n' && quote !== '`') return -1
    else if (c !== quote) continue
    else if (quote === '`' && text[i + 1] === '`') i++
    else return i
  }
  return -1
}

/** The last place of a comment that begins at start; start itself when none does. */
export function commentEnd(text: string, start: number): number {
  if (text.startsWith('/*', start)) {
    const end = text.indexOf('*/', start + 2)
    return end < 0 ? text.length : end + 1
  }
  if (!text.startsWith('//', start)) return start
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\n' || text.startsWith('}}', i)) return i - 1
  }
  return text.length
}

/** Plain text as a template that gives exactly this text. */
export function escapeText(text: string): string {
  let out = ''
  let at = 0
  for (;;) {
    const next = text.indexOf(OPEN, at)
    if (next < 0) return out + text.slice(at)
    out += text.slice(at, next) + '\\'.repeat(slashesBefore(text, next, at) + 1) + OPEN
    at = next + OPEN.length
  }
}

/** What a text without mappings says: literal braces without their backslash. */
export function unescapeText(raw: string): string {
  return raw.replace(/(\\+)\{\{/g, (_, slashes: string) => '\\'.repeat(Math.floor(slashes.length / 2)) + OPEN)
}

/** Whether a text holds a mapping, closed or not. */
export function holdsMapping(text: string): boolean {
  const { parts, fault } = parseTemplate(text)
  return fault !== undefined || parts.some((part) => part.kind === 'mapping')
}

/** The one mapping that a template consists of; undefined for anything else. */
export function onlyMapping(template: string): string | undefined {
  const { parts, fault } = parseTemplate(template)
  const [first] = parts
  return !fault && parts.length === 1 && first?.kind === 'mapping' ? first.source.trim() : undefined
}
