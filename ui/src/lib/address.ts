// What a trigger's URL can be reached from.

const PRIVATE = [
  /^localhost$/,
  /\.localhost$/,
  /\.local$/,
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^169\.254\./,
  /^\[::1\]$/,
  /^\[f[cd]/,
  /^\[fe[89ab]/,
]

export type Reach = 'everyone' | 'nearby' | 'unencrypted'

/** Who can send to a URL: nearby = only this computer or network. */
export function reach(url: string): Reach {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return 'nearby'
  }
  if (PRIVATE.some((pattern) => pattern.test(parsed.hostname))) return 'nearby'
  return parsed.protocol === 'https:' ? 'everyone' : 'unencrypted'
}
