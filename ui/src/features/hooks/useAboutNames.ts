import { useQueries } from '@tanstack/react-query'
import type { Hook } from '../../api/hooks'
import { targetsQuery } from '../../api/targets'
import { aboutOf } from './hookAbout'

/** What the things are called that hooks are narrowed to, by id; each list is asked for only when a hook needs it. */
export function useAboutNames(ws: string, hooks: Hook[]): Map<string, string> {
  const kinds = [...new Set(hooks.flatMap((h) => (h.resource_id ? [aboutOf(h.event) ?? []].flat() : [])))].sort()
  return useQueries({
    queries: kinds.map((kind) => targetsQuery(ws, kind)),
    combine: (lists) => new Map(lists.flatMap((list) => (list.data ?? []).map((t) => [t.id, t.label] as const))),
  })
}
