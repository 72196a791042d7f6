import type { Hook } from '../../api/hooks'

/** The kind of thing that a hook of an event can be narrowed to from a list; undefined when there is none to pick from. */
export function aboutOf(event: string): string | undefined {
  const kind = event.split('.')[0]
  switch (kind) {
    case 'tag':
    case 'form':
      return kind
    case 'run':
      return 'workflow'
    case 'contact':
    case 'course':
      return undefined
    default:
      return 'offer'
  }
}

export type HookState = 'good' | 'new' | 'failing' | 'paused' | 'disabled'

/** How a hook is in one word: what stops it counts first. */
export const stateOf = (hook: Pick<Hook, 'status' | 'health'>): HookState => (hook.status === 'active' ? hook.health : hook.status)

/** What differs from what was there: the rest may have been changed, or have become invalid, meanwhile. */
export const changed = <T extends object>(now: T, was: T): Partial<T> =>
  Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== was[key as keyof T])) as Partial<T>
