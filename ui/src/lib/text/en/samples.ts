// Words about samples and the trigger's address.
const kb = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

export const samplesWords = {
  trigger: 'Trigger',
  search: 'Search by request ID or content',
  list: 'Samples',
  none: 'No events yet.',
  noMatch: 'No event holds this.',
  more: 'Load more',
  test: 'test',
  bytes: (n: number) => (n < 1024 ? `${n} B` : n < 1024 * 1024 ? `${kb.format(n / 1024)} KB` : `${kb.format(n / 1024 / 1024)} MB`),
  verdicts: {
    accepted: 'Started a run',
    duplicate: 'Already received',
    filtered: 'Did not match',
    held: 'Kept for later',
    bad_signature: 'Sender not confirmed',
    invalid: 'Could not be read',
    forbidden_ip: 'Address not allowed',
    too_large: 'Too large',
    rate_limited: 'Too many at once',
    handshake: 'Set-up check',
  } as Record<string, string>,

}
