import { Alert, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import type { TriggerAddress } from '../../api/workflows'
import { TimeAgo } from '../../components/TimeAgo'
import { samplesWords } from '../../lib/text/en/samples'
import classes from './TriggerPanel.module.css'

/** When a trigger that acts by itself does so next, and what keeps it from that. */
export function WatchNote({ watch }: { watch: TriggerAddress['watch'] }) {
  if (!watch?.active) return null
  const words = samplesWords.watch[watch.kind]
  const next = watch.next_at && (
    <>
      {words.next} <TimeAgo at={watch.next_at} />.
    </>
  )
  if (watch.error !== '') {
    return (
      <Alert color="red" title={words.failed} role="status">
        {watch.error} {watch.failures > 0 && samplesWords.watch.tries(watch.failures)} {next}
      </Alert>
    )
  }
  if (!watch.next_at && !watch.done_at) return null
  return (
    <Text size="sm" className={classes.watch}>
      <IconClock size={15} aria-hidden />
      <span>
        {watch.done_at && (
          <>
            {words.done} <TimeAgo at={watch.done_at} />.{' '}
          </>
        )}
        {next}
      </span>
    </Text>
  )
}
