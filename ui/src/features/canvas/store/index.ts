// The state of one open editor: a store made of slices. What stands on the
// canvas is derived from it and stored nowhere.
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Draft } from '../../../lib/document/op'
import { documentSlice, type DocumentSlice } from './document'
import { overlaySlice, type OverlaySlice } from './overlay'
import { savingSlice, type SavingSlice } from './saving'
import { selectionSlice, type SelectionSlice } from './selection'
import { viewSlice, type ViewSlice } from './view'

export interface EditorState extends DocumentSlice, SelectionSlice, SavingSlice, OverlaySlice, ViewSlice {
  /** Nothing can be edited: the workflow lies in the trash, or an old version is shown. */
  readOnly: boolean
}

export type EditorStore = StoreApi<EditorState>

export interface EditorInit {
  draft: Draft
  revision: number
  readOnly?: boolean
}

export const newEditor = ({ draft, revision, readOnly = false }: EditorInit): EditorStore =>
  createStore<EditorState>()((...all) => ({
    readOnly,
    ...documentSlice(draft)(...all),
    ...selectionSlice(...all),
    ...savingSlice(revision)(...all),
    ...overlaySlice(...all),
    ...viewSlice(...all),
  }))

const Editor = createContext<EditorStore | undefined>(undefined)

export const EditorProvider = Editor.Provider

/** The store of the editor around; for handlers that read it when something happens. */
export function useEditorStore(): EditorStore {
  const store = useContext(Editor)
  if (!store) throw new Error('there is no editor around')
  return store
}

/** A part of the editor's state; renders again when that part changes. */
export const useEditor = <T,>(select: (state: EditorState) => T): T => useStore(useEditorStore(), select)
