// Times in the reader's zone and language of this app.
import { text } from './text'
import { readerZone } from './zone'

/** The formats of a zone; making one takes a while. */
function formatsOf(timeZone: string | undefined) {
  return {
    timeZone,
    exact: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone }),
    short: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }),
  }
}

let made = formatsOf(undefined)

function formats() {
  if (made.timeZone !== readerZone.get()) made = formatsOf(readerZone.get())
  return made
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A server time; undefined when missing, unreadable or the zero time of Go. */
export function instant(value: string | null | undefined): Date | undefined {
  if (!value) return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 ? undefined : date
}

/** Date, time to the second and zone. */
export const exactTime = (date: Date) => formats().exact.format(date)

/** "just now", "5 minutes ago", "in 2 hours"; after a day the date itself. */
export function relativeTime(date: Date, now: Date): string {
  const ahead = date.getTime() - now.getTime()
  const distance = Math.abs(ahead)
  if (distance < MINUTE / 4) return text.time.justNow
  if (distance < MINUTE) return relative.format(Math.round(ahead / 1000), 'second')
  if (distance < HOUR) return relative.format(Math.round(ahead / MINUTE), 'minute')
  if (distance < DAY) return relative.format(Math.round(ahead / HOUR), 'hour')
  return formats().short.format(date)
}

/** How long something took; undefined while it has no end. */
export function duration(from: string | null | undefined, to: string | null | undefined): string | undefined {
  const [start, end] = [instant(from), instant(to)]
  if (!start || !end) return undefined
  const ms = Math.max(0, end.getTime() - start.getTime())
  if (ms < 1000) return text.time.ms(ms)
  if (ms < MINUTE) return text.time.s(ms / 1000)
  if (ms < HOUR) return text.time.minutes(Math.floor(ms / MINUTE), Math.floor((ms % MINUTE) / 1000))
  return text.time.hours(Math.floor(ms / HOUR), Math.floor((ms % HOUR) / MINUTE))
}
