import { IconPlus } from '@tabler/icons-react'
import { memo } from 'react'
import { stepName } from '../../../lib/definition'
import { findStep, type Place } from '../../../lib/document/tree'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useEditor, useEditorStore } from '../store'
import classes from './Small.module.css'

interface Props {
  data: { id: string; place: Place; after: string | undefined }
}

/** The + on a line: adds a step right there. */
export const PlusNode = memo(function PlusNode({ data }: Props) {
  const { nodeType } = useDesk()
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  const isTarget = useEditor((s) => s.dropAt === data.id)
  const dragging = useEditor((s) => s.dragging)
  const first = useEditor((s) => data.place.list.of === 'root' && (s.draft.definition.steps ?? []).length === 0)
  const after = useEditor((s) => (data.after === undefined ? undefined : findStep(s.draft.definition, data.after)))
  if (readOnly) return null
  const label = after ? words.addStepAfter(stepName(after, nodeType(after.type).name)) : words.addStepFirst
  return (
    <button
      type="button"
      className={classes.plus}
      data-plus={data.id}
      data-target={isTarget || undefined}
      data-dragging={dragging || undefined}
      data-first={first || undefined}
      aria-label={first ? words.firstStep : label}
      title={first ? undefined : words.addStep}
      onClick={() => store.getState().setView({ adding: { what: 'step', place: data.place } })}
    >
      <IconPlus size={17} stroke={2.2} aria-hidden />
      {first && <span>{words.firstStep}</span>}
    </button>
  )
})
