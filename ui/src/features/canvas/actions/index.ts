// Every action of the editor, in the order in which menus show them.
import type { Action } from './action'
import { EDIT } from './edit'
import { LOOK } from './look'
import { WORKFLOW } from './workflow'

export const ACTIONS: Action[] = [...Object.values<Action>(EDIT), ...Object.values<Action>(LOOK), ...Object.values<Action>(WORKFLOW)]

/** The menu of a card, in groups. */
export const CARD_MENU: Action[][] = [
  [WORKFLOW.test, EDIT.rename, EDIT.note],
  [EDIT.addAfter, EDIT.errorPath],
  [EDIT.copy, EDIT.cut, EDIT.paste, EDIT.duplicate],
  [EDIT.up, EDIT.down],
  [EDIT.off, EDIT.remove],
]

/** The menu of the workflow. */
export const WORKFLOW_MENU: Action[][] = [
  [WORKFLOW.settings, WORKFLOW.runs, WORKFLOW.versions],
  [WORKFLOW.pause, WORKFLOW.resume],
  [WORKFLOW.duplicate, LOOK.shortcuts],
  [WORKFLOW.discard],
]

export { EDIT, LOOK, WORKFLOW }
