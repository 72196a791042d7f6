// The form of a connection, drawn from what its type says of itself.
import type { Field, NodeType } from '../../api/nodeTypes'
import { parseJson, printJson } from '../../lib/json'

/** Stands where a stored secret is; sent back, it keeps the secret. */
export const MASK = '********'

/** What each field holds while it is typed. */
export type Typed = string | string[] | boolean
export type ConnectionValues = Record<string, Typed>

/** Whether a kind belongs to one service, and is no way to sign in anywhere. */
export const isOfApp = (type: Pick<NodeType, 'type'>): boolean => !type.type.startsWith('auth.')

/** Params without those that nobody may see. */
export function withoutSecrets<Value>(fields: Field[], params: Record<string, Value>): Record<string, Value> {
  const secret = new Set(fields.filter((f) => f.kind === 'secret').map((f) => f.key))
  return Object.fromEntries(Object.entries(params).filter(([key]) => !secret.has(key)))
}

const isList = (field: Field) => field.kind === 'list' || field.kind === 'multi_choice'

/** Fields whose value is written as JSON, because their form is a step's, not a credential's. */
export const isStructured = (field: Field) => ['rows', 'group', 'json', 'condition'].includes(field.kind)

/** The form of stored params; of none, the defaults. */
export function typedParams(fields: Field[], params: Record<string, unknown> | undefined): ConnectionValues {
  const values: ConnectionValues = {}
  for (const field of fields) {
    const value = params?.[field.key] ?? (params ? undefined : field.default)
    if (isList(field)) values[field.key] = Array.isArray(value) ? value.map(String) : []
    else if (field.kind === 'switch') values[field.key] = value === true
    else if (isStructured(field)) values[field.key] = value === undefined ? '' : printJson(value)
    else values[field.key] = value === undefined || value === null ? '' : String(value)
  }
  return values
}

/** Whether a field is shown, by what another one holds. */
export function isShown(field: Field, values: ConnectionValues, fields: Field[] = []): boolean {
  if (!field.show_if) return true
  const asked = fields.find((f) => f.key === field.show_if?.field)
  return (field.show_if.values ?? []).includes(String(values[field.show_if.field])) && (!asked || isShown(asked, values, fields))
}

/** What is sent: null empties a field that was set before. Throws SyntaxError with the key of what is no JSON. */
export function sentParams(fields: Field[], values: ConnectionValues, before: Record<string, unknown> | undefined): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.key]
    const blank = value === '' || value === undefined || (Array.isArray(value) && value.length === 0) || !isShown(field, values, fields)
    if (blank) {
      if (before && before[field.key] !== undefined && before[field.key] !== null) params[field.key] = null
      continue
    }
    params[field.key] = field.kind === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : structured(field, value)
  }
  return params
}

function structured(field: Field, value: Typed | undefined): unknown {
  if (!isStructured(field) || typeof value !== 'string') return value
  try {
    return parseJson(value)
  } catch {
    throw new SyntaxError(field.key)
  }
}

/** The line under a connection's name, by the type's template: "{username} at {hosts}". */
export function cardLine(type: Pick<NodeType, 'card' | 'fields'>, params: Record<string, unknown>): string {
  return (type.card ?? '').replace(/\{(\w+)\}/g, (_all, key: string) => {
    const value = params[key]
    if (Array.isArray(value)) return value.join(', ')
    const option = type.fields?.find((f) => f.key === key)?.options?.find((o) => o.value === value)
    if (option) return option.label
    return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
  })
}
