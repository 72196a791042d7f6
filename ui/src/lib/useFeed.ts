import { useInfiniteQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { hearChanges } from '../api/live'
import type { Page } from '../api/http'
import { entriesOf, joined, newcomers, refreshed, type Entry, type Feed } from './feed'

interface Options<T> {
  /** Its fourth part is "feed": then a change does not ask for every page anew. */
  queryKey: QueryKey
  load: (cursor: string, signal?: AbortSignal) => Promise<Page<T>>
  /** The kind of change that this list is of. */
  kind: 'run' | 'request' | 'contact'
  /** What a change says of an entry without asking. */
  patch?: (entry: T, status: string) => T
}

/** Changes are answered with one question at a time, this far apart. */
const PAUSE_MS = 700
/** Above this the top of the list is in view, and it may grow there. */
const TOP_PX = 400

/** A long, live list: see lib/feed. */
export function useFeed<T extends Entry>({ queryKey, load, kind, patch }: Options<T>) {
  const client = useQueryClient()
  const hash = JSON.stringify(queryKey)
  const [waiting, setWaiting] = useState(0)
  const latest = useRef({ queryKey, load, patch })
  latest.current = { queryKey, load, patch }

  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last: Page<T>) => last.next_cursor || undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

  const renew = useCallback(
    async (force: boolean) => {
      const now = latest.current
      const head = await now.load('')
      client.setQueryData<Feed<T>>(now.queryKey, (feed) => {
        if (!feed) return feed
        const news = newcomers(feed, head)
        if (force || feed.pages.length <= 1 || window.scrollY < TOP_PX) {
          setWaiting(0)
          return joined(feed, head)
        }
        setWaiting(news)
        return refreshed(feed, head)
      })
    },
    [client],
  )

  useEffect(() => {
    setWaiting(0)
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = hearChanges((name, change) => {
      if (name !== kind && name !== 'resync') return
      const now = latest.current
      if (change.id && change.status && now.patch) {
        client.setQueryData<Feed<T>>(now.queryKey, (feed) => patched(feed, change.id!, (entry) => now.patch!(entry, change.status!)))
      }
      timer ??= setTimeout(() => {
        timer = undefined
        renew(false).catch(() => undefined) // the next change asks again
      }, PAUSE_MS)
    })
    // The list may have been left for a while, and changes with it.
    if (client.getQueryData(latest.current.queryKey)) renew(false).catch(() => undefined)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, hash, kind, renew])

  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list
  const grow = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])

  return {
    list,
    items: useMemo(() => entriesOf(list.data as Feed<T> | undefined), [list.data]),
    /** Newer entries that wait above, because the person reads further below. */
    waiting,
    showNewer: () => {
      window.scrollTo({ top: 0 })
      renew(true).catch(() => undefined)
    },
    renew: () => renew(false).catch(() => undefined),
    grow,
  }
}

/** The feed with one entry changed; the same feed when it does not have it. */
function patched<T extends Entry>(feed: Feed<T> | undefined, id: string, change: (entry: T) => T): Feed<T> | undefined {
  if (!feed?.pages.some((page) => page.items?.some((item) => item.id === id))) return feed
  return { ...feed, pages: feed.pages.map((page) => ({ ...page, items: (page.items ?? []).map((item) => (item.id === id ? change(item) : item)) })) }
}
