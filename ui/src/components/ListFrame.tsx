import { Button, Skeleton, Stack, Text } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Page } from '../api/http'
import { text } from '../lib/text'
import { common } from '../lib/text/en/common'
import { useWhole } from '../lib/useWhole'
import { ErrorNote } from './ErrorNote'
import classes from './List.module.css'

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  label: string
  empty: ReactNode
  /** Keeps some, and has all be loaded for that; everything when missing. */
  keep?: (item: T) => boolean
  row: (item: T) => ReactNode
}

/** A list that grows page by page, with what is shown while, before and instead. */
export function ListFrame<T>({ list, label, empty, keep, row }: Props<T>) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  // What is looked for may stand on a page that nobody opened yet.
  const further = useWhole(list, keep !== undefined)
  if (list.isPending) return <Waiting />
  const all = (list.data?.pages ?? []).flatMap((page) => page.items ?? [])
  const items = keep ? all.filter(keep) : all
  return (
    <Stack gap="md">
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {items.length > 0 && (
        <ul className={classes.list} aria-label={label}>
          {items.map(row)}
        </ul>
      )}
      {items.length === 0 && !list.error && !further && empty}
      {further && items.length === 0 && (
        <Text c="dimmed" ta="center" role="status">
          {common.further}
        </Text>
      )}
      {hasNextPage && !further && (
        <div className={classes.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
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
