// The keys of a text field. The editor's own default keymap also brings
// indenting, brackets and comments, with a parser behind them.
import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineBoundaryBackward,
  cursorLineBoundaryForward,
  cursorLineDown,
  cursorLineUp,
  deleteGroupBackward,
  deleteGroupForward,
  insertNewline,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
  selectLineBoundaryBackward,
  selectLineBoundaryForward,
  selectLineDown,
  selectLineUp,
} from '@codemirror/commands'
import { EditorSelection } from '@codemirror/state'
import type { EditorView, KeyBinding } from '@codemirror/view'

/** Removes a character, or a pill; the library's own command counts indents, for which it loads a parser. */
function erase(view: EditorView, forward: boolean): boolean {
  const { state } = view
  if (state.readOnly) return false
  const changes = state.changeByRange((range) => {
    const other = range.empty ? view.moveByChar(range, forward).head : range.anchor
    const [from, to] = [Math.min(range.head, other), Math.max(range.head, other)]
    return { changes: { from, to }, range: EditorSelection.cursor(from) }
  })
  view.dispatch(state.update(changes, { scrollIntoView: true, userEvent: forward ? 'delete.forward' : 'delete.backward' }))
  return true
}

const backward = (view: EditorView) => erase(view, false)
const forward = (view: EditorView) => erase(view, true)

export const textKeys: KeyBinding[] = [
  { key: 'ArrowLeft', run: cursorCharLeft, shift: selectCharLeft, preventDefault: true },
  { key: 'Mod-ArrowLeft', mac: 'Alt-ArrowLeft', run: cursorGroupLeft, shift: selectGroupLeft, preventDefault: true },
  { key: 'ArrowRight', run: cursorCharRight, shift: selectCharRight, preventDefault: true },
  { key: 'Mod-ArrowRight', mac: 'Alt-ArrowRight', run: cursorGroupRight, shift: selectGroupRight, preventDefault: true },
  { mac: 'Cmd-ArrowLeft', run: cursorLineBoundaryBackward, shift: selectLineBoundaryBackward, preventDefault: true },
  { mac: 'Cmd-ArrowRight', run: cursorLineBoundaryForward, shift: selectLineBoundaryForward, preventDefault: true },
  { key: 'ArrowUp', run: cursorLineUp, shift: selectLineUp, preventDefault: true },
  { key: 'ArrowDown', run: cursorLineDown, shift: selectLineDown, preventDefault: true },
  { key: 'Home', run: cursorLineBoundaryBackward, shift: selectLineBoundaryBackward, preventDefault: true },
  { key: 'End', run: cursorLineBoundaryForward, shift: selectLineBoundaryForward, preventDefault: true },
  { key: 'Mod-Home', mac: 'Cmd-ArrowUp', run: cursorDocStart, shift: selectDocStart },
  { key: 'Mod-End', mac: 'Cmd-ArrowDown', run: cursorDocEnd, shift: selectDocEnd },
  { key: 'Mod-a', run: selectAll },
  { key: 'Backspace', run: backward, shift: backward },
  { key: 'Delete', run: forward },
  { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: deleteGroupBackward },
  { key: 'Mod-Delete', mac: 'Alt-Delete', run: deleteGroupForward },
]

/** Of a field with several lines. */
export const lineKeys: KeyBinding[] = [{ key: 'Enter', run: insertNewline, shift: insertNewline }]

/** Of a field with one line: Enter belongs to the page, not to the text. */
export const oneLineKeys: KeyBinding[] = [{ key: 'Enter', run: () => true, shift: () => true }]
