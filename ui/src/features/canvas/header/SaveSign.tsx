import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck, IconCloudUpload, IconLoader2 } from '@tabler/icons-react'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'
import { useEditor } from '../store'
import classes from './Header.module.css'

/** Whether the draft is stored, always in sight. */
export function SaveSign() {
  const { saver } = useDesk()
  const save = useEditor((s) => s.save)
  const broken = save.is === 'failed' || save.is === 'refused'
  const Icon = save.is === 'saved' ? IconCloudCheck : save.is === 'saving' ? IconLoader2 : save.is === 'dirty' ? IconCloudUpload : IconAlertTriangle
  const why = 'message' in save ? `${save.message} ${words.save.kept}` : save.is === 'saved' ? undefined : words.save.kept
  return (
    <span className={classes.save} data-state={save.is} role="status" title={why}>
      <Icon size={17} aria-hidden />
      <span className={classes.saveText}>{words.save[save.is]}</span>
      {broken && (
        <Button size="compact-sm" variant="default" onClick={() => void saver.flush().catch(() => undefined)}>
          {words.save.again}
        </Button>
      )}
    </span>
  )
}
