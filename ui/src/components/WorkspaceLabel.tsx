import { VisuallyHidden } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { text } from '../lib/text'
import classes from './Shell.module.css'

/** What stands on the button of the workspaces' menu. */
export function WorkspaceLabel({ name }: { name: string }) {
  return (
    <>
      <VisuallyHidden>{text.shell.workspace}: </VisuallyHidden>
      {name}
      <IconChevronDown size={15} aria-hidden className={classes.caret} />
    </>
  )
}
