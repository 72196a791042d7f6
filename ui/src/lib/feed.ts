// A list that grows at both ends: older pages as a person scrolls, newer entries
// as they come.
import type { InfiniteData } from '@tanstack/react-query'
import type { Page } from '../api/http'

export interface Entry {
  id: string
}

export type Feed<T> = InfiniteData<Page<T>, string>

/** Entries of a feed, each once. */
export function entriesOf<T extends Entry>(feed: Feed<T> | undefined): T[] {
  const seen = new Set<string>()
  const entries: T[] = []
  for (const page of feed?.pages ?? []) {
    for (const item of page.items ?? []) {
      if (seen.has(item.id)) continue
      seen.add(item.id)
      entries.push(item)
    }
  }
  return entries
}

/** How many entries of a newer first page the feed does not have. */
export function newcomers<T extends Entry>(feed: Feed<T>, head: Page<T>): number {
  const known = new Set(entriesOf(feed).map((item) => item.id))
  return (head.items ?? []).filter((item) => !known.has(item.id)).length
}

/** The feed with what a newer first page says of entries that it has; order and length stay. */
export function refreshed<T extends Entry>(feed: Feed<T>, head: Page<T>): Feed<T> {
  const now = new Map((head.items ?? []).map((item) => [item.id, item]))
  return {
    ...feed,
    pages: feed.pages.map((page) => ({ ...page, items: (page.items ?? []).map((item) => now.get(item.id) ?? item) })),
  }
}

/**
 * The feed with a newer first page before it. When the two do not touch, or the
 * feed is short anyway, only the newer page stays: what lies between is loaded by
 * scrolling.
 */
export function joined<T extends Entry>(feed: Feed<T>, head: Page<T>): Feed<T> {
  const known = new Set(entriesOf(feed).map((item) => item.id))
  const items = head.items ?? []
  const touches = items.some((item) => known.has(item.id))
  if (feed.pages.length <= 1 || !touches) return { pages: [head], pageParams: [''] }
  const fresh = items.filter((item) => !known.has(item.id))
  const next = refreshed(feed, head)
  const first = next.pages[0]!
  return { ...next, pages: [{ ...first, items: [...fresh, ...(first.items ?? [])] }, ...next.pages.slice(1)] }
}
