// Actions that change what is seen or chosen, not the document.
import { IconFocusCentered, IconKeyboard, IconListTree, IconSearch, IconSelectAll, IconX, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import { sites } from '../../../lib/document/tree'
import { canvas } from '../../../lib/text/en/canvas'
import type { Action, ActionContext } from './action'

const words = canvas.actions

export const LOOK = {
  find: { id: 'find', label: words.find, group: 'look', icon: IconSearch, keys: ['mod+f'], run: (c) => c.store.getState().setView({ finding: true }) },
  outline: {
    id: 'outline',
    label: words.outline,
    group: 'look',
    icon: IconListTree,
    keys: ['o'],
    onCanvas: true,
    run: (c) => c.store.getState().setView({ outline: !c.store.getState().outline }),
  },
  zoomIn: { id: 'zoomIn', label: words.zoomIn, group: 'look', icon: IconZoomIn, keys: ['+', '='], onCanvas: true, run: (c) => c.flow.zoomIn() },
  zoomOut: { id: 'zoomOut', label: words.zoomOut, group: 'look', icon: IconZoomOut, keys: ['-'], onCanvas: true, run: (c) => c.flow.zoomOut() },
  fit: { id: 'fit', label: words.fit, group: 'look', icon: IconFocusCentered, keys: ['0'], onCanvas: true, run: (c) => c.flow.fit() },
  actual: { id: 'actual', label: words.actual, group: 'look', icon: IconZoomReset, keys: ['1'], onCanvas: true, run: (c) => c.flow.actual() },
  selectAll: {
    id: 'selectAll',
    label: words.selectAll,
    group: 'look',
    icon: IconSelectAll,
    keys: ['mod+a'],
    onCanvas: true,
    run: (c) => c.store.getState().selectAll(sites(c.store.getState().draft.definition).keys()),
  },
  clear: { id: 'clear', label: words.clear, group: 'look', icon: IconX, keys: ['Escape'], run: clear },
  shortcuts: { id: 'shortcuts', label: words.shortcuts, group: 'look', icon: IconKeyboard, keys: ['?'], onCanvas: true, run: (c) => c.store.getState().setView({ dialog: { show: 'shortcuts' } }) },
} satisfies Record<string, Action>

/** Closes what lies on top: the search, then the panel, then the selection. */
function clear({ store }: ActionContext) {
  const { finding, outline, panelOpen, current, setView, closePanel, focus, select } = store.getState()
  if (finding) setView({ finding: false })
  else if (panelOpen) {
    closePanel()
    if (current !== undefined) focus(current)
  } else if (outline) setView({ outline: false })
  else select(undefined)
}
