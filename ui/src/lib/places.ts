// Time zones, countries and currencies as the browser knows them.

let zones: string[] | undefined

/** IANA names of all time zones; UTC first. */
export function timezones(): string[] {
  zones ??= ['UTC', ...Array.from(new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED])).filter((zone) => zone !== 'UTC').sort()]
  return zones
}

/** Places that some browsers list by an older name only. */
const RENAMED = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
]

/** The reader's own zone. */
export const ownTimezone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Currencies with their names: "EUR – Euro". */
export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }))
}

/** Countries with their names, sorted by name. */
export function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const found: { value: string; label: string }[] = []
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  for (const a of letters) {
    for (const b of letters) {
      const name = NO_COUNTRY.has(a + b) ? undefined : names.of(a + b)
      if (name) found.push({ value: a + b, label: name })
    }
  }
  return found.sort((x, y) => x.label.localeCompare(y.label, 'en'))
}

/** Codes with a name that are groups of countries, relics or none. */
const NO_COUNTRY = new Set(['AC', 'AN', 'BU', 'CP', 'CQ', 'CS', 'CT', 'DD', 'DG', 'DY', 'EA', 'EU', 'EZ', 'FQ', 'FX', 'HV', 'IC', 'JT', 'MI', 'NH', 'NQ', 'NT', 'PC', 'PU', 'PZ', 'QO', 'RH', 'SU', 'TA', 'TP', 'UK', 'UN', 'VD', 'WK', 'XA', 'XB', 'YD', 'YU', 'ZR', 'ZZ'])
