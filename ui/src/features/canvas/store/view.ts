// The slice with how the canvas is looked at, and the dialogs that lie over it.
// Nothing of it is stored with the workflow.
import type { StateCreator } from 'zustand/vanilla'
import type { Reference } from '../../../lib/document/reference'
import type { Place } from '../../../lib/document/tree'
import type { EditorState } from './index'

export type Dialog =
  | { show: 'publish' }
  | { show: 'resume' }
  | { show: 'settings' }
  | { show: 'versions' }
  | { show: 'discard' }
  | { show: 'shortcuts' }
  /** Asks before an edit that leaves fields of other steps empty. */
  | { show: 'references'; references: Reference[]; what: 'remove' | 'move'; go: () => void }

/** What is being added, and where. */
export type Adding = { what: 'step'; place: Place } | { what: 'trigger' }

export interface ViewSlice {
  /** What the person folded (true) or opened (false), by list key. */
  folds: ReadonlyMap<string, boolean>
  allTriggers: boolean
  outline: boolean
  finding: boolean
  dialog: Dialog | undefined
  adding: Adding | undefined
  /** Where a dragged step would land; the id of a +. */
  dropAt: string | undefined
  /** Whether a step is being dragged. */
  dragging: boolean
  setFold: (key: string, folded: boolean) => void
  setView: (part: Partial<Pick<ViewSlice, 'allTriggers' | 'outline' | 'finding' | 'dialog' | 'adding' | 'dropAt' | 'dragging'>>) => void
}

export const viewSlice: StateCreator<EditorState, [], [], ViewSlice> = (set, get) => ({
  folds: new Map(),
  allTriggers: false,
  outline: false,
  finding: false,
  dialog: undefined,
  adding: undefined,
  dropAt: undefined,
  dragging: false,
  setFold: (key, folded) => set({ folds: new Map(get().folds).set(key, folded) }),
  // Who opens the palette again does not mean the field of the step before.
  setView: (part) => set(part.adding ? { ...part, goTo: undefined } : part),
})
