// Node types as the server describes them: names, icons and fields.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { text } from '../lib/text'
import { call, type Page } from './http'

export type FieldKind =
  | 'text'
  | 'long_text'
  | 'rich_text'
  | 'code'
  | 'url'
  | 'date'
  | 'duration'
  | 'number'
  | 'money'
  | 'switch'
  | 'choice'
  | 'multi_choice'
  | 'secret'
  | 'ref'
  | 'list'
  | 'rows'
  | 'group'
  | 'condition'
  | 'json'
  | 'file'

/** One param of a node type, as its form draws it. */
export interface Field {
  key: string
  kind: FieldKind
  label: string
  help?: string
  required?: boolean
  /** Counts when the key is absent. */
  default?: unknown
  example?: string
  options?: { value: string; label: string }[] | null
  /** Shown only while another field has one of the values. */
  show_if?: { field: string; values: string[] }
  /** Of numbers, or of a text's or list's length. */
  min?: number
  max?: number
  /** Folded away at first. */
  advanced?: boolean
  /** `fields` for what people map; everything else stands under Set up. */
  tab?: string
  /** Takes no mapping. */
  no_map?: boolean
  /** What a ref points to: offer, connection, … */
  ref?: string
  /** Members of a group, or of each entry of a list of groups. */
  fields?: Field[] | null
  /** Kind of a list's entries when they are not groups. */
  item?: FieldKind
}

export type NodeKind = 'action' | 'internal' | 'flow' | 'trigger' | 'connection'

export interface NodeType {
  type: string
  kind: NodeKind | ''
  version?: number
  name: string
  group: string
  icon: string
  summary: string
  /** The line under a step's name; {field} stands for a param. */
  card?: string
  contact?: 'required' | 'provides' | 'may_provide'
  /** An output as people will see it, before any run. */
  sample?: Record<string, unknown>
  fields?: Field[] | null
  /** The lists that its steps own: steps, branches. */
  lists?: string[] | null
  /** Whether no run goes on after it. */
  ends?: boolean
  repeatable?: boolean
  /** How a trigger starts: http, event or manual. */
  source?: string
  event?: string
  /** Of a connection: whether the server can try it. */
  testable?: boolean
}

/** Descriptors change only with the server's version, so one answer lasts. */
export const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: async ({ signal }) => {
    const answer = await call<Page<NodeType> | NodeType[]>('GET', '/node-types', { signal })
    const list = Array.isArray(answer) ? answer : answer.items
    return new Map(list.map((t) => [t.type, t]))
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** Looks up a node type; before the answer, and for unknown types, plain words stand in. */
export function useNodeType(): (type: string) => NodeType {
  const { data } = useQuery(nodeTypesQuery)
  return (type) => {
    const known = data?.get(type)
    const label = text.nodeTypes[type]
    if (known) return label ? { ...known, name: label } : known
    return { type, kind: '', name: label ?? type, group: '', icon: '', summary: '' }
  }
}
