// The line under a step's name, from the card template of its node type:
// "{offer} · {send_email}" reads "Course A · No e-mail".
import type { Field, NodeType } from '../../api/nodeTypes'
import type { Condition } from '../../lib/definition'
import { isEmpty } from '../../lib/json'

const SHOWN = 90

export type RefName = (kind: string, id: string) => string | undefined
export interface CardWords {
  refName: RefName
  /** A condition in few words. */
  summary: (when: Condition) => string
  /** A text with its mappings in words. */
  mapped: (template: string) => string
}

/** Empty text when the template has nothing to say. */
export function cardLine(type: NodeType, params: Record<string, unknown> | undefined, words: CardWords): string {
  const fields = new Map((type.fields ?? []).map((field) => [field.key, field]))
  const parts = (type.card ?? '').split(' · ').map((part) => fill(part, fields, params ?? {}, words))
  const line = parts.filter(Boolean).join(' · ')
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line
}

/** A part of the template; empty when one of its fields is. */
function fill(part: string, fields: Map<string, Field>, params: Record<string, unknown>, words: CardWords): string {
  let given = 0
  let named = 0
  const text = part.replaceAll(/\{([a-z0-9_]+)\}/g, (_whole, key: string) => {
    named++
    const value = valueWords(fields.get(key), params[key] ?? fields.get(key)?.default, words)
    if (value !== '') given++
    return value
  })
  // "{for}{until}" takes whichever there is; "{by} is {value}" makes no sense without both.
  const whole = given === named || (given > 0 && /^(\{[a-z0-9_]+\}\s?)+$/.test(part))
  return whole ? text.trim() : ''
}

function valueWords(field: Field | undefined, value: unknown, words: CardWords): string {
  if (isEmpty(value)) return ''
  if (field?.kind === 'condition') return words.summary(value as Condition)
  if (Array.isArray(value)) return value.map((v) => valueWords(field, v, words)).filter(Boolean).join(', ')
  const option = field?.options?.find((o) => o.value === value)
  if (option) return option.label
  if (typeof value === 'string') return (field?.ref && words.refName(field.ref, value)) || oneLine(words.mapped(value))
  if (typeof value === 'object' && value !== null && '$secret' in value) return ''
  return typeof value === 'object' && value?.constructor === Object ? Object.keys(value).join(', ') : String(value)
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
