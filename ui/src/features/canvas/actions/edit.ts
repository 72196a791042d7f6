// Actions that change the document.
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowUp,
  IconBolt,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCut,
  IconEyeOff,
  IconNote,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { duplicateSteps, patchAll, placeAfter, setOnError } from '../../../lib/document/edit'
import { canvas } from '../../../lib/text/en/canvas'
import type { Action, ActionContext } from './action'
import { readClipboard, writeClipboard } from './clipboard'
import { moveTo, neighbour, removeSelected } from './remove'
import { canEdit, hasSteps, single, targets } from './target'

const words = canvas.actions

const hasCards = (c: ActionContext) => {
  const { steps, triggers } = targets(c)
  return canEdit(c) && steps.length + triggers.length > 0
}

const allOff = (c: ActionContext) => [...targets(c).steps, ...targets(c).triggers].every((s) => s.disabled)
const onlyTriggers = (c: ActionContext) => targets(c).steps.length === 0

function setOff(c: ActionContext) {
  const { draft, edit } = c.store.getState()
  const { steps, triggers } = targets(c)
  const ids = [...steps, ...triggers].map((s) => s.id)
  edit(patchAll(draft.definition, ids, { disabled: allOff(c) ? undefined : true }))
}

function shift(by: -1 | 1) {
  return (c: ActionContext) => {
    const next = neighbour(c, by)
    if (!next) return
    moveTo(c, [next.id], next.to)
    c.flow.reveal(next.id)
  }
}

/** The step under an action that makes sense for one step only. */
function oneStep(c: ActionContext) {
  const { steps } = targets(c)
  return canEdit(c) && steps.length === 1 && single(c) ? steps[0] : undefined
}

export const EDIT = {
  undo: {
    id: 'undo',
    label: words.undo,
    group: 'edit',
    icon: IconArrowBackUp,
    keys: ['mod+z'],
    when: (c) => canEdit(c) && c.store.getState().past.length > 0,
    run: (c) => {
      c.store.getState().undo()
      c.say(words.undone)
    },
  },
  redo: {
    id: 'redo',
    label: words.redo,
    group: 'edit',
    icon: IconArrowForwardUp,
    keys: ['mod+shift+z', 'mod+y'],
    when: (c) => canEdit(c) && c.store.getState().future.length > 0,
    run: (c) => {
      c.store.getState().redo()
      c.say(words.redone)
    },
  },
  addAfter: {
    id: 'addAfter',
    label: words.addAfter,
    group: 'edit',
    icon: IconPlus,
    keys: ['a'],
    onCanvas: true,
    when: canEdit,
    run: (c) => {
      const { draft, setView } = c.store.getState()
      setView({ adding: { what: 'step', place: placeAfter(draft.definition, targets(c).steps.at(-1)?.id) } })
    },
  },
  addTrigger: {
    id: 'addTrigger',
    label: words.addTrigger,
    group: 'edit',
    icon: IconBolt,
    when: canEdit,
    run: (c) => c.store.getState().setView({ adding: { what: 'trigger' } }),
  },
  copy: { id: 'copy', label: words.copy, group: 'edit', icon: IconCopy, keys: ['mod+c'], onCanvas: true, when: (c) => targets(c).steps.length > 0, run: writeClipboard },
  cut: {
    id: 'cut',
    label: words.cut,
    group: 'edit',
    icon: IconCut,
    keys: ['mod+x'],
    onCanvas: true,
    when: hasSteps,
    run: async (c) => {
      await writeClipboard(c)
      removeSelected(c)
    },
  },
  paste: { id: 'paste', label: words.paste, group: 'edit', icon: IconClipboard, keys: ['mod+v'], onCanvas: true, when: canEdit, run: readClipboard },
  duplicate: {
    id: 'duplicate',
    label: words.duplicate,
    group: 'edit',
    icon: IconCopyPlus,
    keys: ['mod+d'],
    onCanvas: true,
    when: hasSteps,
    run: (c) => {
      const { draft, edit, selectAll } = c.store.getState()
      const made = duplicateSteps(draft.definition, targets(c).steps.map((s) => s.id))
      if (!made || !edit(made.op)) return
      selectAll(made.ids)
      if (made.ids[0]) c.flow.reveal(made.ids[0])
    },
  },
  rename: {
    id: 'rename',
    label: words.rename,
    group: 'edit',
    icon: IconPencil,
    keys: ['F2'],
    onCanvas: true,
    when: (c) => canEdit(c) && single(c) !== undefined,
    run: (c) => {
      const id = single(c)?.id
      if (id !== undefined) c.store.getState().showField(id, '/name', 'setup')
    },
  },
  note: {
    id: 'note',
    label: words.note,
    group: 'edit',
    icon: IconNote,
    keys: ['n'],
    onCanvas: true,
    when: (c) => oneStep(c) !== undefined,
    run: (c) => {
      const id = oneStep(c)?.id
      if (id !== undefined) c.store.getState().showField(id, '/note', 'setup')
    },
  },
  off: {
    id: 'off',
    label: (c) => (onlyTriggers(c) ? (allOff(c) ? words.onTrigger : words.offTrigger) : allOff(c) ? words.on : words.off),
    group: 'edit',
    icon: IconEyeOff,
    keys: ['d'],
    onCanvas: true,
    when: hasCards,
    run: setOff,
  },
  errorPath: {
    id: 'errorPath',
    label: (c) => (oneStep(c)?.on_error?.do === 'branch' ? words.dropErrorPath : words.errorPath),
    group: 'edit',
    icon: IconAlertTriangle,
    when: (c) => oneStep(c) !== undefined,
    run: (c) => {
      const step = oneStep(c)
      const { draft, edit } = c.store.getState()
      if (step) edit(setOnError(draft.definition, step.id, step.on_error?.do === 'branch' ? undefined : { do: 'branch', steps: [] }))
    },
  },
  up: { id: 'up', label: words.up, group: 'edit', icon: IconArrowUp, keys: ['alt+ArrowUp'], onCanvas: true, when: (c) => hasSteps(c) && neighbour(c, -1) !== undefined, run: shift(-1) },
  down: { id: 'down', label: words.down, group: 'edit', icon: IconArrowDown, keys: ['alt+ArrowDown'], onCanvas: true, when: (c) => hasSteps(c) && neighbour(c, 1) !== undefined, run: shift(1) },
  remove: {
    id: 'remove',
    label: words.remove,
    group: 'edit',
    icon: IconTrash,
    keys: ['Delete', 'Backspace'],
    onCanvas: true,
    danger: true,
    when: (c) => canEdit(c) && c.store.getState().selected.size > 0,
    run: removeSelected,
  },
} satisfies Record<string, Action>
