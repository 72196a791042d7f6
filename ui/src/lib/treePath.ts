// Places within a value, written as a mapping names them.

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The path of a member: trigger.body.email, trigger.body["Your email?"], trigger.body.items[0]. */
export function memberPath(base: string, key: string | number): string {
  if (typeof key === 'number') return `${base}[${key}]`
  if (PLAIN.test(key)) return base === '' ? key : `${base}.${key}`
  return `${base}[${JSON.stringify(key)}]`
}
