// The line under a step's name, from the card template of its node type:
// "{offer} · {send_email}" reads "Course A · No e-mail".
import type { Field, NodeType } from '../../api/nodeTypes'
import { mappingLabel, stretches, type Condition } from '../../lib/definition'
import { isEmpty } from '../../lib/json'

const SHOWN = 90

export type RefName = (kind: string, id: string) => string | undefined
export type Summary = (when: Condition) => string

/** Empty text when the template has nothing to say. */
export function cardLine(type: NodeType, params: Record<string, unknown> | undefined, refName: RefName, summary: Summary): string {
  const fields = new Map((type.fields ?? []).map((field) => [field.key, field]))
  const parts = (type.card ?? '').split(' · ').map((part) => fill(part, fields, params ?? {}, refName, summary))
  const line = parts.filter(Boolean).join(' · ')
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line
}

/** A part of the template; empty when one of its fields is. */
function fill(part: string, fields: Map<string, Field>, params: Record<string, unknown>, refName: RefName, summary: Summary): string {
  let given = 0
  let named = 0
  const text = part.replaceAll(/\{([a-z0-9_]+)\}/g, (_whole, key: string) => {
    named++
    const words = valueWords(fields.get(key), params[key] ?? fields.get(key)?.default, refName, summary)
    if (words !== '') given++
    return words
  })
  // "{for}{until}" takes whichever there is; "{by} is {value}" makes no sense without both.
  const whole = given === named || (given > 0 && /^(\{[a-z0-9_]+\}\s?)+$/.test(part))
  return whole ? text.trim() : ''
}

function valueWords(field: Field | undefined, value: unknown, refName: RefName, summary: Summary): string {
  if (isEmpty(value)) return ''
  if (field?.kind === 'condition') return summary(value as Condition)
  if (Array.isArray(value)) return value.map((v) => valueWords(field, v, refName, summary)).filter(Boolean).join(', ')
  const option = field?.options?.find((o) => o.value === value)
  if (option) return option.label
  if (typeof value === 'string') return field?.ref ? (refName(field.ref, value) ?? mapped(value)) : mapped(value)
  if (typeof value === 'object' && value !== null && '$secret' in value) return ''
  return typeof value === 'object' && value?.constructor === Object ? Object.keys(value).join(', ') : String(value)
}

/** A template with its mappings in plain words. */
const mapped = (value: string): string =>
  stretches(value)
    .map((part) => (part.mapping ? `[${mappingLabel(part.text)}]` : part.text))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
