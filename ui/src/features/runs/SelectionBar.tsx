import { Button, Text } from '@mantine/core'
import { IconHandStop, IconPlayerTrackNext, IconRepeat } from '@tabler/icons-react'
import type { BulkAction } from '../../api/runs'
import { MayButton } from '../../components/MayButton'
import listClasses from '../../components/List.module.css'
import { runs as words } from '../../lib/text/en/runs'
import classes from './RunsPage.module.css'

interface Props {
  ws: string
  count: number
  all: boolean
  onAll: () => void
  onNone: () => void
  onAct: (action: BulkAction['action']) => void
}

/** What can be done with the runs that were chosen. */
export function SelectionBar({ ws, count, all, onAll, onNone, onAct }: Props) {
  return (
    <div className={listClasses.bar} role="region" aria-label={words.chosen(count)}>
      <Text size="sm" fw={600} role="status">
        {all ? words.chosenAll : words.chosen(count)}
      </Text>
      {!all && (
        <Button size="xs" variant="subtle" onClick={onAll}>
          {words.allThatMatch}
        </Button>
      )}
      <div className={classes.barEnd}>
        <MayButton ws={ws} needs="runs:write" size="xs" leftSection={<IconPlayerTrackNext size={15} aria-hidden />} onClick={() => onAct('retry')}>
          {words.bulk.retry}
        </MayButton>
        <MayButton ws={ws} needs="runs:write" size="xs" variant="default" leftSection={<IconRepeat size={15} aria-hidden />} onClick={() => onAct('replay')}>
          {words.bulk.replay}
        </MayButton>
        <MayButton ws={ws} needs="runs:write" size="xs" variant="default" leftSection={<IconHandStop size={15} aria-hidden />} onClick={() => onAct('cancel')}>
          {words.bulk.cancel}
        </MayButton>
        <Button size="xs" variant="subtle" color="gray" onClick={onNone}>
          {words.unchoose}
        </Button>
      </div>
    </div>
  )
}
