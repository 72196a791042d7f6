// Node types as the server describes them: names, icons and fields.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { text } from '../lib/text'
import { ask, type Schemas } from './client'
import type { Page } from './http'

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

/** One param of a node type, as its form draws it; the document leaves its kind open. */
export type Field = Omit<Schemas['Field'], 'kind' | 'item' | 'fields' | 'show_if'> & {
  kind: FieldKind
  /** Shown only while another field has one of the values. */
  show_if?: { field: string; values: string[] }
  /** Members of a group, or of each entry of a list of groups. */
  fields?: Field[] | null
  /** Kind of a list's entries when they are not groups. */
  item?: FieldKind
}

export type NodeKind = 'action' | 'internal' | 'flow' | 'trigger' | 'connection'

/** A node type; one that the server does not know has a name only. */
export type NodeType = Omit<Schemas['NodeTypeView'], 'kind' | 'version' | 'fields' | 'contact'> & {
  kind: NodeKind | ''
  version?: number
  fields?: Field[] | null
  contact?: 'required' | 'provides' | 'may_provide'
}

/** Descriptors change with the server's version and with files of its owner, so a page asks again now and then. */
export const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: async ({ signal }) => {
    const { items } = (await ask('get', '/node-types', { signal })) as Page<NodeType>
    return new Map(items.map((t) => [t.type, t]))
  },
  staleTime: 60_000,
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
