// The rules of a form: which value counts, and which fields are shown.
import type { Field, FieldKind, NodeType } from '../../api/nodeTypes'

export type { Field, FieldKind } from '../../api/nodeTypes'

export type Params = Record<string, unknown>

/** The fields of a node type; none for an unknown one. */
export const fieldsOf = (type: NodeType): Field[] => type.fields ?? []

/** Kinds in which an empty text is a value; elsewhere a cleared input means the default. */
const TEXTUAL: ReadonlySet<FieldKind> = new Set(['text', 'long_text', 'rich_text', 'code', 'url', 'json'])

/** The value that counts: what is given, else the default. */
export function effective(field: Field, params: Params): unknown {
  const value = params[field.key]
  const given = value !== undefined && value !== null && (value !== '' || TEXTUAL.has(field.kind))
  return given ? value : (field.default ?? undefined)
}

/** Whether the form shows a field with these params, by the server's rule. */
export function isShown(field: Field, fields: Field[], params: Params): boolean {
  if (!field.show_if) return true
  const { show_if } = field
  const other = fields.find((f) => f.key === show_if.field)
  if (!other || other === field) return true
  const value = effective(other, params)
  const is = other.kind === 'switch' ? String(isOn(value)) : value === undefined ? '' : String(value)
  return show_if.values.includes(is) && isShown(other, fields, params)
}

/** Whether a switch's value means on. */
export const isOn = (value: unknown): boolean => value === true || /^(true|yes|on|1)$/i.test(String(value ?? '').trim())

/** Params with one value changed; undefined takes the key away. */
export function withParam(params: Params, key: string, value: unknown): Params {
  const next = { ...params }
  if (value === undefined) delete next[key]
  else next[key] = value
  return next
}

/** A field that no descriptor has, for parts of a value. */
export const partField = (key: string, kind: FieldKind, label: string, more: Partial<Field> = {}): Field => ({ key, kind, label, ...more })
