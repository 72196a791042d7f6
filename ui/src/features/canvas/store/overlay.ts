// The slice with the run that is drawn over the cards.
import type { StateCreator } from 'zustand/vanilla'
import type { Run } from '../../../api/runs'
import type { Trace } from '../run/trace'
import type { EditorState } from './index'

export interface OverlaySlice {
  run: Run | undefined
  /** How the run went, by step; undefined while no run is shown. */
  trace: Trace | undefined
  setRun: (run: Run | undefined, trace: Trace | undefined) => void
}

export const overlaySlice: StateCreator<EditorState, [], [], OverlaySlice> = (set) => ({
  run: undefined,
  trace: undefined,
  setRun: (run, trace) => set({ run, trace }),
})
