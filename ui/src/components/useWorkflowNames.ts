import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { workflowsQuery } from '../api/workflows'

/** Names of the workflows by id, loaded to the last page: lists of runs and filters need them all. */
export function useWorkflowNames(ws: string): { names: Map<string, string>; ready: boolean } {
  const { data, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = useInfiniteQuery(workflowsQuery(ws))
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  const names = useMemo(
    () => new Map((data?.pages ?? []).flatMap((page) => page.items ?? []).map((w) => [w.id, w.name])),
    [data],
  )
  return { names, ready: data !== undefined && !hasNextPage }
}
