// What can be done in the editor. An action is one object, used by buttons, the
// menu of a card, shortcuts and the command menu.
import type { Icon } from '@tabler/icons-react'
import type { QueryClient } from '@tanstack/react-query'
import type { Workflow } from '../../../api/workflows'
import type { Desk } from '../desk'
import type { Layout } from '../layout/shape'
import type { EditorStore } from '../store'

/** Moves what the window shows of the canvas. */
export interface Flow {
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
  actual: () => void
  /** Brings a card, a label or a + into view. */
  reveal: (id: string) => void
}

export interface ActionContext {
  store: EditorStore
  desk: Desk
  client: QueryClient
  workflow: () => Workflow
  layout: () => Layout
  flow: Flow
  /** Says a message to everybody: as a toast, and to those who listen. */
  say: (message: string) => void
  open: (to: 'list' | 'runs' | { workflow: string }) => void
}

export interface Action {
  id: string
  label: string | ((c: ActionContext) => string)
  group: 'edit' | 'look' | 'workflow'
  icon?: Icon
  /** Shortcuts; the first one is shown. */
  keys?: string[]
  /** Only while the canvas has the focus, not while somebody types or works in the panel. */
  onCanvas?: boolean
  danger?: boolean
  /** Whether it can be done now; always when missing. */
  when?: (c: ActionContext) => boolean
  run: (c: ActionContext) => void | Promise<void>
}

export const labelOf = (action: Action, c: ActionContext): string => (typeof action.label === 'string' ? action.label : action.label(c))
