import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconChevronUp, IconPlus } from '@tabler/icons-react'
import { memo } from 'react'
import type { Branch } from '../../../lib/definition'
import { addBranch } from '../../../lib/document/edit'
import { findStep } from '../../../lib/document/tree'
import { canvas as words } from '../../../lib/text/en/canvas'
import { isWarning, useDesk, useVerdict } from '../desk'
import { useConditionSummary } from '../forms'
import { useEditor, useEditorStore } from '../store'
import classes from './Small.module.css'
import { useFocusOfCurrent } from './useFocusOfCurrent'

interface BranchProps {
  data: { id: string; step: string; branch: Branch; position: number; last: boolean }
}

/** The label of a branch: what it is called and when it is taken. */
export const BranchNode = memo(function BranchNode({ data }: BranchProps) {
  const { branch, id } = data
  const store = useEditorStore()
  const selected = useEditor((s) => s.selected.has(id))
  const lit = useEditor((s) => s.trace && (s.trace.lists.has(id) ? 'taken' : 'idle'))
  const { types } = useDesk()
  const { problems } = useVerdict()
  const say = useConditionSummary()
  const button = useFocusOfCurrent(id)
  const definition = useEditor((s) => s.draft.definition)
  const bad = (problems.get(data.step) ?? []).filter((p) => !isWarning(p) && p.pointer?.includes(`/branches/${data.position}/when`))
  const chosen = Boolean(types.get(findStep(definition, data.step)?.type ?? '')?.paths)
  const summary = branch.when ? say(branch.when, definition) || words.noCondition : chosen ? '' : words.everythingElse
  const name = branch.name?.trim() || (branch.when ? words.branchName(data.position + 1) : words.otherwise)
  return (
    <div className={classes.label} data-selected={selected || undefined} data-run={lit} data-bad={bad.length > 0 || undefined}>
      <button type="button" ref={button} className={classes.labelButton} data-card={id} aria-current={selected || undefined} title={`${name}: ${summary}`}>
        {bad.length > 0 && <IconAlertTriangle size={15} aria-hidden />}
        <b>{name}</b> <span>{summary}</span>
      </button>
      <ActionIcon size="sm" color="violet" className={`${classes.fold} nodrag`} aria-label={words.fold(name)} onClick={() => foldList(store, id)}>
        <IconChevronUp size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
})

/** Folds a list; what was chosen inside it would keep it open, so the choice goes. */
function foldList(store: ReturnType<typeof useEditorStore>, key: string) {
  store.getState().select(undefined)
  store.getState().setFold(key, true)
}

/** The label of the path that a failure takes. */
export const ErrorPathNode = memo(function ErrorPathNode({ data }: { data: { id: string; step: string } }) {
  const store = useEditorStore()
  const lit = useEditor((s) => s.trace && (s.trace.lists.has(data.id) ? 'taken' : 'idle'))
  return (
    <div className={`${classes.label} ${classes.error}`} data-run={lit}>
      <span className={classes.labelButton}>
        <IconAlertTriangle size={15} aria-hidden />
        <b>{words.errorPath}</b>
      </span>
      <ActionIcon size="sm" color="red" className={`${classes.fold} nodrag`} aria-label={words.fold(words.errorPath)} onClick={() => foldList(store, data.id)}>
        <IconChevronUp size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
})

/** Where a run goes when no condition is met; a click makes a path for it. */
export const NoneOfNode = memo(function NoneOfNode({ data }: { data: { step: string } }) {
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  const add = () => {
    const { draft, edit } = store.getState()
    const branches = findStep(draft.definition, data.step)?.branches ?? []
    const taken = new Set(branches.map((b) => b.id))
    let id = 'otherwise'
    for (let n = 2; taken.has(id); n++) id = `otherwise_${n}`
    edit({ op: 'branches', step: data.step, index: branches.length, remove: 0, insert: [{ id, name: words.otherwise, steps: [] }] })
  }
  return (
    <button type="button" className={classes.none} title={words.noneOfLabel} disabled={readOnly} onClick={add}>
      {words.noneOf}
    </button>
  )
})

/** Adds a path to a branching step. */
export const AddBranchNode = memo(function AddBranchNode({ data }: { data: { step: string } }) {
  const store = useEditorStore()
  const { types } = useDesk()
  const readOnly = useEditor((s) => s.readOnly)
  const paths = useEditor((s) => types.get(findStep(s.draft.definition, data.step)?.type ?? '')?.paths)
  const add = () => {
    const { draft, edit, select } = store.getState()
    const branches = findStep(draft.definition, data.step)?.branches ?? []
    const count = paths ? branches.length : branches.filter((b) => b.when).length
    const added = addBranch(draft.definition, data.step, words.branchName(count + 1), Boolean(paths))
    if (added && edit(added.op)) select(`${data.step}/${added.id}`)
  }
  if (readOnly || paths?.fixed) return null
  return (
    <button type="button" className={classes.addBranch} onClick={add}>
      <IconPlus size={15} aria-hidden />
      {words.addBranch}
    </button>
  )
})
