// Months of usage, which are those of UTC: "2026-11".

/** The month of a time and those before it, newest first. */
export function lastMonths(now: Date, n: number): string[] {
  return Array.from({ length: n }, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7))
}

/** "November 2026" of "2026-11". */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
