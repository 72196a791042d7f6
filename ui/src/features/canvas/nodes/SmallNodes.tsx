import { IconChevronDown, IconRepeat } from '@tabler/icons-react'
import { memo } from 'react'
import { stepName, type Step } from '../../../lib/definition'
import { STOP, toggleEnd } from '../../../lib/document/edit'
import { countSteps, findStep, listKey, subtree, type ListRef } from '../../../lib/document/tree'
import { canvas as words } from '../../../lib/text/en/canvas'
import { isWarning, useDesk, useVerdict } from '../desk'
import type { Thing } from '../layout/shape'
import { useEditor, useEditorStore } from '../store'
import classes from './Small.module.css'

/** Where a list of steps ends, and a click changes that. */
export const TailNode = memo(function TailNode({ data }: { data: Extract<Thing, { kind: 'tail' }> }) {
  const { types } = useDesk()
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  const label = words.tail[data.says]
  if (data.says === 'end' || data.says === 'nextItem' || readOnly || !types.has(STOP)) {
    return <span className={classes.tail}>{label}</span>
  }
  const toggle = () => {
    const { draft, edit } = store.getState()
    edit(toggleEnd(draft.definition, data.list, types.get(STOP)?.version ?? 1))
  }
  return (
    <button type="button" className={classes.tail} data-ends={data.says === 'ends' || undefined} title={words.tailToggle(data.says === 'ends')} onClick={toggle}>
      {label}
    </button>
  )
})

/** Where paths come together again. */
export const JoinNode = memo(function JoinNode({ data }: { data: Extract<Thing, { kind: 'join' }> }) {
  return (
    <span className={classes.join} data-none={data.says === 'none' || undefined}>
      {words.join[data.says]}
    </span>
  )
})

/** A branch folded to one line: "VIP · 12 steps · 1 problem". */
export const FoldedNode = memo(function FoldedNode({ data }: { data: { list: ListRef; name: string; steps: Step[] } }) {
  const store = useEditorStore()
  const { problems } = useVerdict()
  const bad = data.steps
    .flatMap((step) => [...subtree(step)])
    .reduce((sum, step) => sum + (problems.get(step.id) ?? []).filter((p) => !isWarning(p)).length, 0)
  const name = data.list.of === 'error' ? words.errorPath : data.name || words.otherwise
  return (
    <button
      type="button"
      className={classes.folded}
      data-bad={bad > 0 || undefined}
      title={words.unfold(name)}
      onClick={() => store.getState().setFold(listKey(data.list), false)}
    >
      <b>{name}</b> <span>{words.folded(countSteps(data.steps), bad)}</span>
      <IconChevronDown size={17} aria-hidden />
    </button>
  )
})

/** The frame around the steps of a loop. */
export const FrameNode = memo(function FrameNode({ data }: { data: { step: string } }) {
  const { nodeType } = useDesk()
  const step = useEditor((s) => findStep(s.draft.definition, data.step))
  if (!step) return null
  return (
    <div className={classes.frame}>
      <span className={classes.frameTitle} title={stepName(step, nodeType(step.type).name)}>
        <IconRepeat size={15} aria-hidden />
        {words.loop}
      </span>
    </div>
  )
})
