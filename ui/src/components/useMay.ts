import { useQuery } from '@tanstack/react-query'
import { meQuery, type Me } from '../api/session'
import { shell } from '../lib/text/en/shell'

function has(scopes: readonly string[], scope: string): boolean {
  const [resource, right] = scope.split(':')
  return scopes.includes('*') || scopes.includes(scope) || (right === 'read' && scopes.includes(`${resource}:write`))
}

/** Whether somebody has a right in a workspace, given by its slug or id. What /me does not name, the server answers. */
export function mayIn(me: Me | undefined, ws: string, scope: string): boolean {
  const here = me?.workspaces.find((w) => w.slug === ws || w.id === ws)
  return !here || has(here.scopes, scope)
}

/** What the signed-in person may do in a workspace; the server asks again. */
export function useMay(ws: string) {
  const { data: me } = useQuery(meQuery)
  return {
    may: (scope: string) => mayIn(me, ws, scope),
    /** For buttons: off with the reason, when the right is missing. */
    unless: (scope: string): { disabled?: true; title?: string } => (mayIn(me, ws, scope) ? {} : { disabled: true, title: shell.notAllowed }),
    /** Rights in every workspace, as the agency's own people have them. */
    agency: (scope: string) => has(me?.agency_scopes ?? [], scope),
  }
}
