// How often a failed step is tried again, in words. The numbers are the
// server's (engine/workflow/retry.go).
import type { Retry } from '../../lib/definition'
import { testingWords as words } from '../../lib/text/en/testing'

/** Seconds of the usual waits: ten tries over three days. */
export const USUAL = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
export const MOST_ATTEMPTS = 20
const LONGEST = 86_400

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** "1h30m" or "90" in seconds; undefined for what is no length of time. */
export function secondsOf(text: string): number | undefined {
  const plain = text.trim().toLowerCase()
  if (/^\d+$/.test(plain)) return Number(plain)
  if (!/^(\d+(\.\d+)?[smhdw])+$/.test(plain)) return undefined
  return [...plain.matchAll(/(\d+(?:\.\d+)?)([smhdw])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * (SECONDS[unit ?? 's'] ?? 1), 0)
}

/** The waits of a policy, in seconds; undefined for none of its own. */
export function waitsOf(retry: Retry | null | undefined): number[] | undefined {
  if (!retry) return undefined
  const attempts = retry.attempts || (retry.delays?.length ? retry.delays.length + 1 : USUAL.length + 1)
  const between = Math.max(0, Math.min(MOST_ATTEMPTS, attempts) - 1)
  if (retry.backoff) {
    const { initial, factor = 2, max } = retry.backoff
    const first = secondsOf(initial) ?? 5
    const top = Math.min(LONGEST, (max ? secondsOf(max) : undefined) ?? LONGEST)
    return Array.from({ length: between }, (_, i) => Math.min(top, first * factor ** i))
  }
  const delays = retry.delays?.length ? retry.delays.map((d) => secondsOf(d) ?? 0) : USUAL
  return Array.from({ length: between }, (_, i) => delays[Math.min(i, delays.length - 1)] ?? 0)
}

/** Seconds as the nearest whole unit: "5 minutes". */
export function spanText(seconds: number): string {
  const { span } = words
  if (seconds < 120) return span.seconds(Math.round(seconds))
  if (seconds < 7200) return span.minutes(Math.round(seconds / 60))
  if (seconds < 172_800) return span.hours(Math.round(seconds / 3600))
  return span.days(Math.round(seconds / 86_400))
}

/** Waits as one sentence. */
export function planText(waits: number[]): string {
  if (waits.length === 0) return words.fails.atOnce
  return words.fails.at(waits.map(spanText).join(', '))
}

export const totalOf = (waits: number[]): number => waits.reduce((sum, wait) => sum + wait, 0)
