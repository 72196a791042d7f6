/** The JSON pointer (RFC 6901) of a member of what `base` points to. */
export const pointerTo = (base: string, key: string | number): string => `${base}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The keys that a JSON pointer names, from the outside in. */
export const keysOf = (pointer: string): string[] => pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
