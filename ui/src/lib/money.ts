// Money as people read and type it; the server counts in the currency's smallest unit.

/** How many digits stand behind the point: 2 of the dollar, 0 of the yen. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2 // not a code yet
  }
}

/** "€49.00" of 4900 and EUR. */
export function money(amount: number, currency: string): string {
  const digits = digitsOf(currency)
  const value = amount / 10 ** digits
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).format(value)
  } catch {
    return `${value.toFixed(digits)} ${currency}`.trim()
  }
}

/** What was typed in smallest units: 4900 of "49" or "49.00"; undefined when it is no amount. */
export function typedAmount(typed: string, currency: string): number | undefined {
  const digits = digitsOf(currency)
  const match = /^(\d{1,13})(?:[.,](\d+))?$/.exec(typed.trim())
  if (!match || (match[2]?.length ?? 0) > digits) return undefined
  const amount = Number(match[1] + (match[2] ?? '').padEnd(digits, '0'))
  return Number.isSafeInteger(amount) ? amount : undefined // beyond, cents would be lost silently
}
