// Currencies that a workspace may begin with, and the one of the reader's region.

/** Common currencies with the countries whose own they are. */
const OF: Record<string, string> = {
  USD: 'US EC GU PA PR SV VI',
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  GBP: 'GB GG IM JE',
  AED: 'AE',
  ARS: 'AR',
  AUD: 'AU KI NR TV',
  BDT: 'BD',
  BRL: 'BR',
  CAD: 'CA',
  CHF: 'CH LI',
  CLP: 'CL',
  CNY: 'CN',
  COP: 'CO',
  CZK: 'CZ',
  DKK: 'DK FO GL',
  EGP: 'EG',
  HKD: 'HK',
  HUF: 'HU',
  IDR: 'ID',
  ILS: 'IL',
  INR: 'IN',
  JPY: 'JP',
  KES: 'KE',
  KRW: 'KR',
  MAD: 'MA',
  MXN: 'MX',
  MYR: 'MY',
  NGN: 'NG',
  NOK: 'NO',
  NZD: 'NZ CK NU',
  PEN: 'PE',
  PHP: 'PH',
  PKR: 'PK',
  PLN: 'PL',
  RON: 'RO',
  SAR: 'SA',
  SEK: 'SE',
  SGD: 'SG',
  THB: 'TH',
  TRY: 'TR',
  TWD: 'TW',
  UAH: 'UA',
  VND: 'VN',
  ZAR: 'ZA',
}

/** Common currencies with their names, the most used first: "EUR – Euro". */
export function commonCurrencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return Object.keys(OF).map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }))
}

/** The currency of the first of these languages that names a known region, as in de-CH; empty when none does. */
export function currencyOf(languages: readonly string[]): string {
  for (const language of languages) {
    const region = regionOf(language)
    const code = region && Object.keys(OF).find((c) => OF[c]?.split(' ').includes(region))
    if (code) return code
  }
  return ''
}

function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region
  } catch {
    return undefined // no language tag
  }
}
