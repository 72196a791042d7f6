import { Button } from '@mantine/core'
import { canvas as words } from '../../lib/text/en/canvas'
import { EDIT } from './actions'
import { labelOf, type Action } from './actions/action'
import { useActions } from './actions/context'
import { useEditor } from './store'
import classes from './Editor.module.css'

const ACTIONS: Action[] = [EDIT.copy, EDIT.duplicate, EDIT.off, EDIT.remove]

/** What can be done with several cards at once. */
export function SelectionBar() {
  const context = useActions()
  const count = useEditor((s) => s.selected.size)
  useEditor((s) => s.draft) // what the switch says follows the steps
  if (count < 2) return null
  return (
    <div className={classes.selection} role="group" aria-label={words.panel.several(count)}>
      <span className={classes.selectionCount}>{words.panel.several(count)}</span>
      {ACTIONS.filter((action) => action.when?.(context) ?? true).map((action) => (
        <Button
          key={action.id}
          size="compact-sm"
          variant="subtle"
          color="gray"
          c={action.danger ? 'var(--mantine-color-error)' : 'var(--mantine-color-text)'}
          leftSection={action.icon && <action.icon size={16} aria-hidden />}
          onClick={() => void action.run(context)}
        >
          {labelOf(action, context)}
        </Button>
      ))}
    </div>
  )
}
