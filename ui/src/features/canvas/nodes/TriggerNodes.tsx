import { IconBolt, IconPlus } from '@tabler/icons-react'
import { memo } from 'react'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useEditor, useEditorStore } from '../store'
import classes from './Small.module.css'

/** The frame around the triggers, with what it means. */
export const TriggersNode = memo(function TriggersNode({ data }: { data: { count: number } }) {
  return (
    <div className={classes.triggers}>
      <h2 className={classes.triggersTitle}>
        <IconBolt size={17} aria-hidden />
        {data.count === 0 ? words.start.none : data.count === 1 ? words.start.one : words.start.many}
      </h2>
    </div>
  )
})

/** Adds a trigger; large while there is none. */
export const AddTriggerNode = memo(function AddTriggerNode({ data }: { data: { count: number } }) {
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  if (readOnly) return null
  return (
    <button
      type="button"
      className={classes.addTrigger}
      aria-label={data.count === 0 ? undefined : words.addTrigger}
      title={data.count === 0 ? undefined : words.addTrigger}
      onClick={() => store.getState().setView({ adding: { what: 'trigger' } })}
    >
      <IconPlus size={19} aria-hidden />
      {data.count === 0 && words.addFirstTrigger}
    </button>
  )
})

/** "+4": the triggers that are folded away. */
export const MoreTriggersNode = memo(function MoreTriggersNode({ data }: { data: { hidden: number } }) {
  const store = useEditorStore()
  return (
    <button
      type="button"
      className={classes.addTrigger}
      aria-label={words.moreTriggersLabel(data.hidden)}
      onClick={() => store.getState().setView({ allTriggers: data.hidden > 0 })}
    >
      {words.moreTriggers(data.hidden)}
    </button>
  )
})
