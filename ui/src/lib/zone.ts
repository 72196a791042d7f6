// The zone in which the reader sees times: what they chose for themselves, else
// the browser's.
import { useSyncExternalStore } from 'react'

let chosen: string | undefined
const listeners = new Set<() => void>()

/** Whether this browser knows the zone. A server may know newer names. */
function known(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const readerZone = {
  /** An IANA name; undefined for the browser's zone. */
  get: () => chosen,
  /** An empty or unknown name leaves it to the browser. */
  set(name: string | undefined) {
    const next = name && known(name) ? name : undefined
    if (next === chosen) return
    chosen = next
    for (const listener of listeners) listener()
  },
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

/** The reader's zone; draws again when it changes. */
export const useReaderZone = () => useSyncExternalStore(readerZone.subscribe, readerZone.get)

/** Year, month, day, hour, minute and second that the clocks of a zone show, as if they were UTC. */
function wallClock(at: number, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** The day of the reader's calendar, some days before: 2026-03-01. */
export function dayBefore(days: number, now: Date, zone = chosen): string {
  return new Date(wallClock(now.getTime(), zone) - days * 86_400_000).toISOString().slice(0, 10)
}

/** When a day begins for the reader, some days later; undefined for what is no day. */
export function beginOfDay(day: string | undefined, plusDays = 0, zone = chosen): Date | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (!parts) return undefined
  const wanted = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + plusDays)
  // The distance to UTC may be another one at the guess than at midnight itself.
  let at = wanted
  for (let tries = 0; tries < 3; tries++) at -= wallClock(at, zone) - wanted
  return new Date(at)
}
