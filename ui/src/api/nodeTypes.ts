// Node types as the server describes them: names, icons and fields.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { text } from '../lib/text'
import { call, type Page } from './http'

export interface NodeType {
  type: string
  kind: string
  name: string
  group: string
  icon: string
  summary: string
  card?: string
  fields?: { key: string; label: string; options?: { value: string; label: string }[] | null }[] | null
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
