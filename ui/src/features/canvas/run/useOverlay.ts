import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isOpen, runQuery } from '../../../api/runs'
import { useDesk } from '../desk'
import { useEditor, useEditorStore } from '../store'
import { traceOf } from './trace'

/** How often a run that is under way is asked for anew, should a live event be missed. */
const ASK_MS = 2_000

export interface Overlay {
  error: unknown
  retry: () => void
}

/** Draws a run over the cards, live while it goes on. */
export function useOverlay(runId: string | undefined): Overlay {
  const { ws } = useDesk()
  const store = useEditorStore()
  const definition = useEditor((s) => s.draft.definition)
  const { data, error, refetch } = useQuery({
    ...runQuery(ws, runId ?? ''),
    enabled: runId !== undefined,
    refetchInterval: ({ state }) => (state.data && isOpen(state.data.status) && state.data.status !== 'held' ? ASK_MS : false),
  })
  const opened = data?.mode === 'live' ? runId : undefined
  useEffect(() => {
    // Who opens a run asks what went in and out; a test shows that in its own tab.
    if (opened !== undefined) store.getState().setTab('run')
  }, [store, opened])
  useEffect(() => {
    const { setRun } = store.getState()
    if (runId === undefined || !data) setRun(undefined, undefined)
    else setRun(data, traceOf(data, definition))
  }, [store, runId, data, definition])
  return { error, retry: () => void refetch() }
}
