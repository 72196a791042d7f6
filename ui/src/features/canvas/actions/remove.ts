// Removing and moving what other steps may map from: those fields are shown first.
import { moveSteps, removeBranch, removeSteps, removeTriggers } from '../../../lib/document/edit'
import { apply, type Op } from '../../../lib/document/op'
import { brokenBy, referencesTo } from '../../../lib/document/reference'
import { listAt, sites, subtree, type Place } from '../../../lib/document/tree'
import { canvas } from '../../../lib/text/en/canvas'
import type { ActionContext } from './action'
import { targets } from './target'

/** Removes what is selected. */
export function removeSelected(c: ActionContext): void {
  const { draft } = c.store.getState()
  const { steps, triggers, branches } = targets(c)
  const { definition } = draft
  const gone = new Set(steps.flatMap((step) => [...subtree(step)].map((s) => s.id)))
  for (const { branch } of branches) for (const step of branch.steps ?? []) for (const s of subtree(step)) gone.add(s.id)
  const broken = referencesTo(definition, gone)
  const go = () => {
    // Branches whose step goes as well need no change of their own.
    const lone = branches.filter(({ step }) => !gone.has(step))
    const ops = [
      ...lone.map(({ step, branch }) => removeBranch(definition, step, branch.id)),
      removeSteps(definition, steps.map((s) => s.id)),
      removeTriggers(definition, new Set(triggers.map((t) => t.id))),
    ].filter((op): op is Op => op !== undefined)
    const { edit, select } = c.store.getState()
    if (!edit(ops.length === 1 ? ops[0] : { op: 'many', ops })) return
    select(undefined)
    c.say(canvas.actions.removed(steps.length + triggers.length + branches.length))
  }
  if (broken.length === 0) go()
  else c.store.getState().setView({ dialog: { show: 'references', what: 'remove', references: broken, go } })
}

/** Moves steps to a place, asking first when that leaves fields of others empty. */
export function moveTo(c: ActionContext, ids: string[], to: Place): void {
  const { draft, edit, setView } = c.store.getState()
  const op = moveSteps(draft.definition, ids, to)
  if (!op) return
  const broken = brokenBy(draft.definition, apply(draft, op).draft.definition)
  const go = () => {
    if (edit(op)) c.say(canvas.actions.movedTo)
  }
  if (broken.length === 0) go()
  else setView({ dialog: { show: 'references', what: 'move', references: broken, go } })
}

/** The place above or below within a list; undefined at its end. */
export function neighbour(c: ActionContext, by: -1 | 1): { id: string; to: Place } | undefined {
  const step = targets(c).steps[0]
  if (!step) return undefined
  const site = siteOf(c, step.id)
  if (!site) return undefined
  const index = site.place.index + by
  if (index < 0 || index >= site.length) return undefined
  return { id: step.id, to: { list: site.place.list, index: by < 0 ? index : index + 1 } }
}

function siteOf(c: ActionContext, id: string) {
  const { draft } = c.store.getState()
  const site = sites(draft.definition).get(id)
  return site && { place: site.place, length: listAt(draft.definition, site.place.list)?.length ?? 0 }
}
