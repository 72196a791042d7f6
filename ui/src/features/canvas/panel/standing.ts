import type { Problem } from '../../../api/http'
import { isDeepEqual } from '../../../lib/document/equal'
import { keysOf } from '../../../lib/pointer'

/**
 * The problems that still stand while a changed draft is on its way to the
 * server: one whose value is no longer the judged one is gone until the server
 * has judged anew. Pointers are within the subject, as in "/params/url".
 */
export function standing(problems: Problem[], judged: unknown, now: unknown): Problem[] {
  return problems.filter(({ pointer = '' }) => pointer === '' || isDeepEqual(valueAt(judged, pointer), valueAt(now, pointer)))
}

function valueAt(from: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined
    return (value as Record<string, unknown>)[key]
  }, from)
}
