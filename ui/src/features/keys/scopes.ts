// The rights of a key, as people choose them: for each part of the app what may
// be done there.
import { keys as words } from '../../lib/text/en/setup'

/** What a key may do in one part of the app. */
export type Level = '' | 'read' | 'write' | 'publish'

export const PARTS: { part: string; levels: Level[] }[] = [
  { part: 'workflows', levels: ['', 'read', 'write', 'publish'] },
  { part: 'runs', levels: ['', 'read', 'write'] },
  { part: 'contacts', levels: ['', 'read', 'write'] },
  { part: 'offers', levels: ['', 'read', 'write'] },
  { part: 'values', levels: ['', 'read', 'write'] },
  { part: 'connections', levels: ['', 'read', 'write'] },
  { part: 'workspaces', levels: ['', 'read', 'write'] },
  { part: 'keys', levels: ['', 'read', 'write'] },
  { part: 'audit', levels: ['', 'read'] },
]

export type Rights = Record<string, Level>

/** The scopes of a choice. What may be published may be changed too. */
export function scopesOf(rights: Rights): string[] {
  return PARTS.flatMap(({ part }) => {
    const level = rights[part] ?? ''
    if (level === '') return []
    return level === 'publish' ? [`${part}:write`, `${part}:publish`] : [`${part}:${level}`]
  })
}

const ACTIONS: Record<string, string> = { read: words.read, write: words.write, publish: words.publish }

/** Scopes in words: "Contacts: Change, Offers and grants: Read". */
export function scopeWords(scopes: string[]): string {
  if (scopes.includes('*')) return words.everything
  return scopes
    .map((scope) => {
      const [part = '', action = ''] = scope.split(':')
      return `${words.groups[part] ?? part}: ${ACTIONS[action] ?? action}`
    })
    .join(', ')
}
