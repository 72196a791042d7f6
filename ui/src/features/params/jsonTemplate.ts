// JSON with mappings in it, as people write it: {"name": {{ trigger.body.name }}}.
// What is stored is plain JSON whose texts hold the mappings.
import { ExactNumber, parseJson } from '../../lib/json'
import { parseTemplate } from '../mapping'

/** Prints a value with two spaces; mappings inside of texts stand as they are. */
export function printJsonTemplate(value: unknown, indent = ''): string {
  if (value instanceof ExactNumber) return value.source
  if (typeof value === 'string') return printText(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((v) => inner + printJsonTemplate(v, inner)).join(',\n')}\n${indent}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    if (entries.length === 0) return '{}'
    return `{\n${entries.map(([key, v]) => `${inner}"${literal(key)}": ${printJsonTemplate(v, inner)}`).join(',\n')}\n${indent}}`
  }
  return JSON.stringify(value) ?? 'null'
}

function printText(text: string): string {
  const { parts, fault } = parseTemplate(text)
  if (fault) return `"${literal(text)}"`
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'mapping') return only.raw
  return `"${parts.map((part) => (part.kind === 'mapping' ? part.raw : literal(part.raw))).join('')}"`
}

/** Text inside of quotes; literal braces are spelled so that no mapping begins with them. */
const literal = (text: string) => JSON.stringify(text).slice(1, -1).replaceAll('{{', '{\\u007b')

export type JsonRead = { value: unknown } | { error: string }

/** Reads what printJsonTemplate prints, and JSON with mappings with or without quotes around them. */
export function readJsonTemplate(text: string): JsonRead {
  const { parts, fault } = parseTemplate(text)
  if (fault) return { error: 'braces' }
  let json = ''
  let quoted = false
  for (const part of parts) {
    if (part.kind === 'text') {
      quoted = endsQuoted(part.raw, quoted)
      json += part.raw
    } else {
      const inside = JSON.stringify(part.raw)
      json += quoted ? inside.slice(1, -1) : inside
    }
  }
  try {
    return { value: parseJson(json) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** Whether text ends inside of a JSON string. */
function endsQuoted(text: string, quoted: boolean): boolean {
  let inside = quoted
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && inside) i++
    else if (text[i] === '"') inside = !inside
  }
  return inside
}
