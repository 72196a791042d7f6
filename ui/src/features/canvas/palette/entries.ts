// What the palette offers: node types in plain words, found by any of them.
import type { NodeType } from '../../../api/nodeTypes'
import { canvas } from '../../../lib/text/en/canvas'

/** Order of the groups; others follow by name. */
const GROUPS = ['Contacts', 'Offers', 'Webhooks', 'Flow']

/** What most people look for stands first in its group. */
const FIRST = ['webhook.catch']

export interface TypeGroup {
  title: string
  types: NodeType[]
}

const RECENT = 'hookloom.recentTypes'
const RECENT_SHOWN = 4

/** The types that were added last, newest first. */
export function recentTypes(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((t): t is string => typeof t === 'string') : []
  } catch {
    return []
  }
}

export function rememberType(type: string): void {
  try {
    localStorage.setItem(RECENT, JSON.stringify([type, ...recentTypes().filter((t) => t !== type)].slice(0, 12)))
  } catch {
    // Not remembered then.
  }
}

const fold = (words: string) => words.toLocaleLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')

/** How well a type fits what is searched; 0 when it does not. */
export function fitness(type: NodeType, wanted: string): number {
  const words = fold(wanted).split(/\s+/).filter(Boolean)
  const name = fold(type.name)
  const all = fold([type.name, type.summary, type.group, type.type.replaceAll(/[._]/g, ' ')].join(' '))
  if (words.length === 0) return 1
  if (!words.every((w) => all.includes(w))) return 0
  return 1 + words.filter((w) => name.includes(w)).length * 2 + (name.startsWith(words[0] ?? '') ? 3 : 0)
}

/** Whether a step belongs to an app, by the connection that it takes; apps stand behind what is our own. */
const isOfApp = (type: NodeType) => type.fields?.some((f) => f.of) ?? false

/** What the palette shows for a search, best first; grouped while nothing is searched. */
export function entries(types: NodeType[], wanted: string, recent: string[]): TypeGroup[] {
  if (wanted.trim() !== '') {
    const found = types
      .map((type) => ({ type, fits: fitness(type, wanted) }))
      .filter((e) => e.fits > 0)
      .sort((a, b) => b.fits - a.fits || a.type.name.localeCompare(b.type.name))
    return found.length > 0 ? [{ title: '', types: found.map((e) => e.type) }] : []
  }
  const lately = recent.map((id) => types.find((t) => t.type === id)).filter((t): t is NodeType => t !== undefined)
  const groups = new Map<string, NodeType[]>()
  for (const type of types) groups.set(type.group, [...(groups.get(type.group) ?? []), type])
  const rank = (group: string) => (GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length + (groups.get(group)?.some(isOfApp) ? 1 : 0))
  const ordered = [...groups].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
  return [
    ...(lately.length > 0 && types.length > 6 ? [{ title: canvas.palette.recent, types: lately.slice(0, RECENT_SHOWN) }] : []),
    ...ordered.map(([group, list]) => ({ title: canvas.palette.groups[group] ?? group, types: list.toSorted((a, b) => Number(FIRST.includes(b.type)) - Number(FIRST.includes(a.type))) })),
  ]
}
