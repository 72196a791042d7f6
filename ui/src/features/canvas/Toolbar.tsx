import { ActionIcon, Tooltip } from '@mantine/core'
import { labelOf, type Action } from './actions/action'
import { useActions } from './actions/context'
import { EDIT, LOOK } from './actions'
import { keyWords } from './actions/keys'
import { useEditor } from './store'
import classes from './Editor.module.css'

const TOP: Action[] = [EDIT.undo, EDIT.redo, LOOK.find, LOOK.outline]
const BOTTOM: Action[] = [LOOK.zoomIn, LOOK.zoomOut, LOOK.fit]

/** Buttons over the canvas: back and forth, finding, zoom. */
export function Toolbar() {
  return (
    <>
      <Bar actions={TOP} className={classes.toolsTop} />
      <Bar actions={BOTTOM} className={classes.toolsBottom} />
    </>
  )
}

function Bar({ actions, className }: { actions: Action[]; className: string | undefined }) {
  const context = useActions()
  // Whether undo and redo can be done changes with these.
  useEditor((s) => s.past.length)
  useEditor((s) => s.future.length)
  return (
    <div className={`${classes.tools} ${className}`}>
      {actions.map((action) => (
        <Tooltip key={action.id} label={`${labelOf(action, context)}${action.keys?.[0] ? ` (${keyWords(action.keys[0])})` : ''}`} position="right">
          <ActionIcon
            size={34}
            aria-label={labelOf(action, context)}
            disabled={action.when ? !action.when(context) : false}
            onClick={() => void action.run(context)}
          >
            {action.icon && <action.icon size={19} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
