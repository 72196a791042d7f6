import { text } from '../lib/text'
import { exactTime, instant, relativeTime } from '../lib/time'
import { useNow } from '../lib/clock'
import { useReaderZone } from '../lib/zone'

/** A time in words, the exact one on hover. */
export function TimeAgo({ at }: { at: string | null | undefined }) {
  const now = useNow()
  useReaderZone()
  const date = instant(at)
  if (!date) return <>{text.time.none}</>
  // The server's clock may be a little ahead; nothing has happened in the future.
  const seen = date > now && date.getTime() - now.getTime() < 60_000 ? now : date
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)}>
      {relativeTime(seen, now)}
    </time>
  )
}
