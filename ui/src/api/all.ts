// Short lists, fetched whole.
import { call, query, type Page } from './http'

/** No list of these is longer in practice; a form with thousands of choices helps nobody. */
const MOST = 1000

/** All pages of a list, up to MOST entries. */
export async function all<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor = ''
  do {
    const page = await call<Page<T>>('GET', `${path}${query({ cursor, limit: 100 })}`, { signal })
    items.push(...(page.items ?? []))
    cursor = page.next_cursor ?? ''
  } while (cursor !== '' && items.length < MOST)
  return items
}
