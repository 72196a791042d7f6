// Copying and pasting steps, also between workflows and tabs. The clipboard
// holds them as JSON; where the browser gives no access, this page remembers.
import { copySteps, fromClipboard, toClipboard } from '../../../lib/document/copy'
import { insertSteps, placeAfter } from '../../../lib/document/edit'
import { normalSteps } from '../../../lib/document/normal'
import { outermost, sites } from '../../../lib/document/tree'
import { canvas } from '../../../lib/text/en/canvas'
import type { ActionContext } from './action'
import { targets } from './target'

const words = canvas.actions

let remembered = ''

/** What is selected, as text; empty when no step is. */
export function copied(c: ActionContext): string {
  const { draft } = c.store.getState()
  const steps = outermost(draft.definition, targets(c).steps.map((s) => s.id)).map((s) => s.step)
  if (steps.length === 0) return ''
  remembered = toClipboard(steps)
  c.say(words.copied(steps.length))
  return remembered
}

/** Copies by a button or menu, where there is no event of the clipboard. */
export async function writeClipboard(c: ActionContext): Promise<void> {
  const text = copied(c)
  if (text !== '') await navigator.clipboard?.writeText(text).catch(() => undefined)
}

/** Pastes what the clipboard holds, after what is selected. */
export async function readClipboard(c: ActionContext): Promise<void> {
  const text = await navigator.clipboard?.readText().catch(() => '')
  paste(c, text || remembered)
}

/** Puts copied steps after what is selected, else at the end; false when the text holds none. */
export function paste(c: ActionContext, text: string): boolean {
  const steps = fromClipboard(text)
  if (!steps) {
    c.say(words.nothingToPaste)
    return false
  }
  const { draft, edit, selectAll } = c.store.getState()
  const { definition } = draft
  const copies = copySteps(normalSteps(steps, (type) => c.desk.types.get(type)?.lists), definition)
  if (!edit(insertSteps(placeForPaste(c), copies))) return false
  selectAll(copies.map((s) => s.id))
  c.say(words.pasted(steps.length))
  if (copies[0]) c.flow.reveal(copies[0].id)
  return true
}

/** After the last selected step; in a selected branch after its last step. */
function placeForPaste(c: ActionContext) {
  const { draft } = c.store.getState()
  const { steps, branches } = targets(c)
  const at = branches[0]
  if (at && steps.length === 0) {
    return { list: { of: 'branch', step: at.step, branch: at.branch.id } as const, index: at.branch.steps?.length ?? 0 }
  }
  const all = sites(draft.definition)
  const last = steps.toSorted((a, b) => (all.get(a.id)?.order ?? 0) - (all.get(b.id)?.order ?? 0)).at(-1)
  return placeAfter(draft.definition, last?.id)
}
