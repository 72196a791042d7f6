// The slice with the document: what is edited, and the way back.
import type { StateCreator } from 'zustand/vanilla'
import { apply, OpError, type Draft, type Op } from '../../../lib/document/op'
import type { EditorState } from './index'

/** Typing in one field counts as one change while the pauses are shorter. */
const MERGE_MS = 2_500
const HISTORY = 500

/** A change that can be taken back. */
interface Entry {
  inverse: Op
  /** Changes in a row with the same label are taken back together. */
  label: string | undefined
  at: number
  /** What was selected before the change. */
  selected: ReadonlySet<string>
}

export interface DocumentSlice {
  draft: Draft
  past: Entry[]
  future: Entry[]
  /** Carries out a change; false when it no longer fits the document. */
  edit: (op: Op | undefined, label?: string) => boolean
  undo: () => void
  redo: () => void
  /** Another draft without a way back, such as what the server holds now. */
  adopt: (draft: Draft) => void
}

export const documentSlice =
  (draft: Draft): StateCreator<EditorState, [], [], DocumentSlice> =>
  (set, get) => ({
    draft,
    past: [],
    future: [],
    edit: (op, label) => {
      if (!op || get().readOnly) return false
      const { draft: before, past, selected } = get()
      const applied = tryApply(before, op)
      if (!applied || applied.draft === before) return false
      const last = past.at(-1)
      const at = Date.now()
      const merges = label !== undefined && last?.label === label && at - last.at < MERGE_MS
      const entry: Entry = merges
        ? { ...last, inverse: { op: 'many', ops: [applied.inverse, last.inverse] }, at }
        : { inverse: applied.inverse, label, at, selected }
      set({ draft: applied.draft, past: [...(merges ? past.slice(0, -1) : past).slice(-HISTORY), entry], future: [] })
      return true
    },
    undo: () => {
      const { past, future } = get()
      const step = turnBack(get(), past.at(-1))
      if (step) set({ ...step.state, past: past.slice(0, -1), future: [...future, step.entry] })
    },
    redo: () => {
      const { past, future } = get()
      const step = turnBack(get(), future.at(-1))
      if (step) set({ ...step.state, past: [...past, step.entry], future: future.slice(0, -1) })
    },
    adopt: (next) => set({ draft: next, past: [], future: [] }),
  })

function turnBack(state: EditorState, entry: Entry | undefined) {
  const applied = entry && !state.readOnly ? tryApply(state.draft, entry.inverse) : undefined
  if (!entry || !applied) return undefined
  return {
    state: { draft: applied.draft, selected: entry.selected },
    // Never merged with what is typed next.
    entry: { inverse: applied.inverse, label: undefined, at: 0, selected: state.selected } satisfies Entry,
  }
}

function tryApply(draft: Draft, op: Op) {
  try {
    return apply(draft, op)
  } catch (error) {
    if (error instanceof OpError) return undefined
    throw error
  }
}
