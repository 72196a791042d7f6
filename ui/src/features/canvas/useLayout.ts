import { useMemo } from 'react'
import { listKey, sites, type ListRef } from '../../lib/document/tree'
import { layout } from './layout/layout'
import type { Layout } from './layout/shape'
import { useEditor, type EditorState } from './store'

/** More branches than this fold by themselves. */
const COLUMNS = 4

const WORRYING = new Set(['failed', 'unknown'])

/** The lists that must stay open: something in them is chosen, or failed in the run that is shown. */
function openLists(state: EditorState): string {
  const all = sites(state.draft.definition)
  const open = new Set<string>()
  const keep = (id: string) => {
    const [step = '', branch] = id.split('/')
    if (branch !== undefined) open.add(id)
    const site = all.get(step)
    if (!site) return
    open.add(listKey(site.place.list))
    for (const parent of site.parents) {
      const above = all.get(parent.id)
      if (above) open.add(listKey(above.place.list))
    }
  }
  for (const id of state.selected) keep(id)
  for (const [id, trace] of state.trace?.steps ?? []) if (WORRYING.has(trace.status)) keep(id)
  return [...open].sort().join(' ')
}

/** Where everything stands; computed again only when the document or what is folded changes. */
export function useLayout(): Layout {
  const definition = useEditor((s) => s.draft.definition)
  const folds = useEditor((s) => s.folds)
  const allTriggers = useEditor((s) => s.allTriggers)
  const opened = useEditor(openLists)
  return useMemo(() => {
    const open = new Set(opened.split(' '))
    const folded = (list: ListRef, position: number, count: number) => {
      const key = listKey(list)
      if (open.has(key)) return false
      return folds.get(key) ?? (count > COLUMNS && position >= COLUMNS)
    }
    return layout(definition, { folded, allTriggers })
  }, [definition, folds, allTriggers, opened])
}
