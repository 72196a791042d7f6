// Where a dragged card would land.
import type { Definition } from '../../lib/definition'
import { sites, subtree, type Place } from '../../lib/document/tree'
import type { Layout } from './layout/shape'
import { CARD } from './layout/size'

/** How near the middle of a card must come to a +. */
const REACH = 150

/** The place of the nearest +, but for those that change nothing or lie inside the card itself. */
export function dropTarget({ items }: Layout, definition: Definition, id: string, x: number, y: number): Place | undefined {
  const own = sites(definition).get(id)
  if (!own) return undefined
  const inside = new Set([...subtree(own.step)].map((s) => s.id))
  const [cx, cy] = [x + CARD.w / 2, y + CARD.h / 2]
  let best: { place: Place; distance: number } | undefined
  for (const item of items) {
    if (item.kind !== 'plus') continue
    const { list, index } = item.place
    if (list.of !== 'root' && inside.has(list.step)) continue
    const stays = JSON.stringify(list) === JSON.stringify(own.place.list) && (index === own.place.index || index === own.place.index + 1)
    const distance = Math.hypot((item.x + item.w / 2 - cx) / 1.6, item.y + item.h / 2 - cy)
    if (stays || distance > REACH || (best && best.distance <= distance)) continue
    best = { place: item.place, distance }
  }
  return best?.place
}
