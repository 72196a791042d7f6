import { Button, Skeleton, Stack } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Page } from '../api/http'
import { text } from '../lib/text'
import { ErrorNote } from './ErrorNote'
import classes from './List.module.css'

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  label: string
  empty: ReactNode
  /** Keeps some of what was loaded; all when missing. */
  keep?: (item: T) => boolean
  row: (item: T) => ReactNode
}

/** A list that grows page by page, with what is shown while, before and instead. */
export function ListFrame<T>({ list, label, empty, keep = () => true, row }: Props<T>) {
  if (list.isPending) return <Waiting />
  const items = (list.data?.pages ?? []).flatMap((page) => page.items ?? []).filter(keep)
  return (
    <Stack gap="md">
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {items.length > 0 && (
        <ul className={classes.list} aria-label={label}>
          {items.map(row)}
        </ul>
      )}
      {items.length === 0 && !list.error && empty}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {text.workflows.more}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Waiting() {
  return (
    <Stack gap="sm" aria-busy>
      {[0, 1, 2].map((n) => (
        <Skeleton key={n} height={64} radius="lg" />
      ))}
    </Stack>
  )
}
