// The slice with what is chosen: steps and triggers by id, branches as "step/branch".
// An id may name what is gone, such as after an undo; readers look it up and find nothing.
import type { StateCreator } from 'zustand/vanilla'
import { FIRST_EMPTY } from '../../../lib/document/panel'
import type { EditorState } from './index'

export type PanelTab = 'setup' | 'fields' | 'test' | 'fails' | 'run'

export interface SelectionSlice {
  selected: ReadonlySet<string>
  /** The card that has the keyboard; also the one whose panel is shown. */
  current: string | undefined
  panelOpen: boolean
  /** The tab that the person chose; undefined for the one that a step begins with. */
  tab: PanelTab | undefined
  /** The field to bring into view, within the current step. */
  goTo: { pointer: string } | undefined
  /** The request to run the test that the panel shows; each is a new object. */
  testNow: object | undefined
  /** The card that shall take the keyboard as soon as it is drawn. */
  focusOn: { id: string } | undefined
  /** Chooses one thing alone and shows its panel; nothing when undefined. */
  select: (id: string | undefined, open?: boolean) => void
  /** Adds to or takes from what is chosen. */
  toggle: (id: string) => void
  selectAll: (ids: Iterable<string>) => void
  /** Chooses a card and gives it the keyboard. */
  focus: (id: string) => void
  closePanel: () => void
  setTab: (tab: PanelTab | undefined) => void
  /** Gives the keyboard to the first field of the panel that is still empty. */
  fillIn: () => void
  /** Shows the test of a step and runs it. */
  runTest: (id: string) => void
  /** Shows the panel of a step at one of its fields. */
  showField: (id: string, pointer: string, tab: PanelTab) => void
}

export const selectionSlice: StateCreator<EditorState, [], [], SelectionSlice> = (set, get) => ({
  selected: new Set(),
  current: undefined,
  panelOpen: false,
  tab: undefined,
  goTo: undefined,
  testNow: undefined,
  focusOn: undefined,
  select: (id, open = true) => {
    const { current, tab, panelOpen } = get()
    set({
      selected: new Set(id === undefined ? [] : [id]),
      current: id,
      panelOpen: id !== undefined && (open || panelOpen),
      goTo: undefined,
      // Another step begins at its first tab, but whoever reads a run or tests goes on doing so.
      tab: id === current || tab === 'run' || tab === 'test' ? tab : undefined,
    })
  },
  toggle: (id) => {
    const selected = new Set(get().selected)
    if (!selected.delete(id)) selected.add(id)
    set({ selected, current: selected.has(id) ? id : [...selected].at(-1), panelOpen: get().panelOpen && selected.size === 1 })
  },
  selectAll: (ids) => {
    const selected = new Set(ids)
    set({ selected, current: [...selected].at(-1), panelOpen: get().panelOpen && selected.size === 1 })
  },
  focus: (id) => {
    get().select(id, false)
    set({ focusOn: { id } })
  },
  closePanel: () => set({ panelOpen: false, goTo: undefined }),
  setTab: (tab) => set({ tab, goTo: undefined }),
  fillIn: () => set({ goTo: { pointer: FIRST_EMPTY }, focusOn: undefined }),
  runTest: (id) => {
    get().select(id)
    set({ tab: 'test', testNow: {} })
  },
  showField: (id, pointer, tab) => set({ selected: new Set([id]), current: id, panelOpen: true, tab, goTo: { pointer }, focusOn: undefined }),
})
