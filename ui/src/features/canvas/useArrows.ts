import { useEffect, type RefObject } from 'react'
import { useActions } from './actions/context'
import type { Item, Layout } from './layout/shape'
import { useEditorStore } from './store'

const STOPS = new Set(['trigger', 'step', 'branch'])

type Way = readonly [number, number]
const WAYS: Record<string, Way> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

/** The nearest card in a direction, across it counting double. */
export function nextCard(items: Item[], from: Item | undefined, [dx, dy]: Way): Item | undefined {
  const cards = items.filter((i) => STOPS.has(i.kind))
  if (!from) return cards[0]
  const middle = (i: Item): Way => [i.x + i.w / 2, i.y + i.h / 2]
  const [fx, fy] = middle(from)
  let best: [Item, number] | undefined
  for (const card of cards) {
    const [x, y] = middle(card)
    const ahead = (x - fx) * dx + (y - fy) * dy
    if (card.id === from.id || ahead < 8) continue
    const aside = Math.abs((x - fx) * dy) + Math.abs((y - fy) * dx)
    const cost = ahead + 2 * aside
    if (!best || cost < best[1]) best = [card, cost]
  }
  return best?.[0]
}

/** Arrow keys go from card to card while the canvas has the focus. */
export function useArrows(region: RefObject<HTMLElement | null>, layout: Layout) {
  const store = useEditorStore()
  const { flow } = useActions()
  useEffect(() => {
    const element = region.current
    const onKey = (event: KeyboardEvent) => {
      const way = WAYS[event.key]
      if (!way || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
      const { current, focus } = store.getState()
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.card : undefined
      const from = layout.items.find((i) => i.id === (focused ?? current))
      const next = nextCard(layout.items, from, way)
      event.preventDefault()
      if (!next) return
      focus(next.id)
      flow.reveal(next.id)
    }
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [region, layout, store, flow])
}
