import { ActionIcon, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { canvas } from '../../../lib/text/en/canvas'
import { useActions } from '../actions/context'
import { useEditor, useEditorStore } from '../store'
import classes from './List.module.css'
import { WorkflowList } from './Steps'

const words = canvas.outline

/** All steps in reading order beside the canvas: also those that the canvas does not show just now. */
export function Outline() {
  const store = useEditorStore()
  const { flow } = useActions()
  const outline = useEditor((s) => s.outline)
  const empty = useEditor((s) => (s.draft.definition.steps ?? []).length === 0)
  if (!outline) return null
  const pick = (id: string) => {
    store.getState().select(id)
    flow.reveal(id)
  }
  return (
    <nav className={classes.outline} aria-label={words.title}>
      <div className={classes.outlineHead}>
        <h2>{words.title}</h2>
        <ActionIcon aria-label={words.close} onClick={() => store.getState().setView({ outline: false })}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.outlineBody}>
        <WorkflowList roomy={false} onPick={pick} />
        {empty && (
          <Text size="sm" c="dimmed">
            {words.empty}
          </Text>
        )}
      </div>
    </nav>
  )
}
