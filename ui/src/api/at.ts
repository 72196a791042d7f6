/** The address of something below a workspace; each part is escaped. */
export const at = (ws: string, ...parts: string[]) =>
  ['/workspaces', encodeURIComponent(ws), ...parts.map(encodeURIComponent)].join('/')

/** A key that makes the server do a repeated POST once only. */
export const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })
