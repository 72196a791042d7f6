import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Loads all pages of a list while that is wanted; tells whether some are still to come. */
export function useWhole({ data, hasNextPage, isFetchingNextPage, isError, fetchNextPage }: UseInfiniteQueryResult, wanted = true): boolean {
  // After a failure nothing is asked for again by itself.
  const further = wanted && hasNextPage && !isError
  // A page can come so fast that nobody saw it being fetched: then it is the data that changed.
  useEffect(() => {
    if (further && !isFetchingNextPage) void fetchNextPage()
  }, [data, further, isFetchingNextPage, fetchNextPage])
  return further
}
