// The slice with how the draft is stored.
import type { StateCreator } from 'zustand/vanilla'
import type { Workflow } from '../../../api/workflows'
import type { EditorState } from './index'

export type SaveState =
  | { is: 'saved' }
  /** Changed and not yet sent. */
  | { is: 'dirty' }
  | { is: 'saving' }
  /** Did not work; is tried again by itself. */
  | { is: 'failed'; message: string }
  /** The server does not take it; trying again would not help. */
  | { is: 'refused'; message: string }
  /** The session ended; goes on after signing in. */
  | { is: 'signedOut' }
  /** Somebody else stored another draft meanwhile. */
  | { is: 'conflict'; theirs: Workflow }

export interface SavingSlice {
  /** Revision of the stored draft that this one grew from. */
  revision: number
  save: SaveState
}

export const savingSlice =
  (revision: number): StateCreator<EditorState, [], [], SavingSlice> =>
  () => ({ revision, save: { is: 'saved' } })
