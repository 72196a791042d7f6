import { useInfiniteQuery } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { show } from './render'
import { useWhole } from './useWhole'

it.each([
  ['loads every page of a list', true, '1 2 3, whole'],
  ['leaves the rest alone when nobody wants it', false, '1, whole'],
])('%s', async (_what, wanted, shown) => {
  function List() {
    const list = useInfiniteQuery({
      queryKey: ['list'],
      queryFn: ({ pageParam }) => Promise.resolve(pageParam),
      initialPageParam: 1,
      getNextPageParam: (last: number) => (last < 3 ? last + 1 : undefined),
    })
    const further = useWhole(list, wanted)
    return <p>{list.data && `${list.data.pages.join(' ')}, ${further ? 'more' : 'whole'}`}</p>
  }
  await show(<List />)
  expect(await screen.findByText(shown)).toBeTruthy()
})
