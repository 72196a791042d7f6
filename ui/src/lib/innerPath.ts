/**
 * A path of this app to go on to after signing in; undefined for anything that
 * could lead elsewhere ("//evil.example", "/\evil.example", "https:…") or back
 * to the sign-in page.
 */
export function innerPath(path: string | undefined): string | undefined {
  if (!path || !/^\/(?![/\\])[^\\]*$/.test(path)) return undefined
  return /^\/(sign-in|setup|reset)?([?#]|$)/.test(path) ? undefined : path
}
