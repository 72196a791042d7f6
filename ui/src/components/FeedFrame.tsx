import { Loader, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, type ReactNode } from 'react'
import type { Entry } from '../lib/feed'
import { common } from '../lib/text/en/common'
import type { useFeed } from '../lib/useFeed'
import { ErrorNote } from './ErrorNote'
import classes from './FeedFrame.module.css'
import { VirtualList } from './VirtualList'

interface Props<T extends Entry> {
  feed: ReturnType<typeof useFeed<T>>
  label: string
  /** Height of a row on wide and on narrow windows. */
  heights: [wide: number, narrow: number]
  empty: ReactNode
  /** Stands above the rows when there are any. */
  head?: ReactNode
  row: (item: T, index: number) => ReactNode
}

/** A long, live list with what is shown while, before and instead. */
export function FeedFrame<T extends Entry>({ feed, label, heights, empty, head, row }: Props<T>) {
  const { list, items, grow } = feed
  const narrow = useMediaQuery('(max-width: 900px)') ?? false
  // A search may find nothing in one part of the history and more further back.
  const searching = items.length === 0 && list.hasNextPage
  useEffect(() => {
    if (searching) grow()
  }, [searching, grow])
  if (list.isPending) return <Waiting />
  return (
    <Stack gap="md">
      <ErrorNote error={list.error} onRetry={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())} />
      {feed.waiting > 0 && (
        <div className={classes.pill}>
          <UnstyledButton onClick={feed.showNewer}>{common.newer(feed.waiting)}</UnstyledButton>
        </div>
      )}
      {items.length > 0 && (
        <div>
          {head}
          <VirtualList
            items={items}
            label={label}
            keyOf={(item) => item.id}
            row={row}
            height={heights[narrow ? 1 : 0]}
            onEnd={grow}
            end={list.isFetchingNextPage ? <Loader size="sm" aria-label={common.loading} /> : !list.hasNextPage && items.length > 50 ? common.end : undefined}
          />
        </div>
      )}
      {searching && !list.error && (
        <Text c="dimmed" ta="center" py="xl" role="status">
          {common.further}
        </Text>
      )}
      {items.length === 0 && !searching && !list.error && empty}
    </Stack>
  )
}

function Waiting() {
  return (
    <div className={classes.wait} aria-busy>
      {[0, 1, 2, 3, 4].map((n) => (
        <Skeleton key={n} height={60} radius="md" />
      ))}
    </div>
  )
}
