import { Button, NativeSelect, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import type { Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { isSample, requestsQuery, type StoredRequest } from './api'
import { useSampleChoice, useSampleChoices } from './choice'
import classes from './SampleList.module.css'

interface Props {
  ws: string
  workflowId: string
  triggers: Trigger[]
  trigger: Trigger
  onChosen?: () => void
}

/** The stored requests of a trigger, newest first, to choose the sample from. */
export function SampleList({ ws, workflowId, triggers, trigger, onChosen }: Props) {
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), 250)
  const list = useInfiniteQuery(requestsQuery(ws, workflowId, q))
  const choice = useSampleChoice(workflowId)
  const choose = useSampleChoices((s) => s.choose)
  const items = (list.data?.pages ?? []).flatMap((page) => page.items ?? []).filter((r) => r.trigger_id === trigger.id && isSample(r))
  const current = choice.triggerId === trigger.id && choice.requestId ? choice.requestId : items[0]?.id
  return (
    <Stack gap="xs">
      {triggers.length > 1 && (
        <NativeSelect
          size="sm"
          aria-label={words.trigger}
          value={trigger.id}
          onChange={(e) => choose(workflowId, { triggerId: e.currentTarget.value })}
          data={triggers.map((t) => ({ value: t.id, label: t.name?.trim() || t.type }))}
        />
      )}
      <TextInput
        data-autofocus
        size="sm"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(e) => setSearch(e.currentTarget.value)}
      />
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {items.length === 0 && !list.isPending && (
        <Text size="sm" c="dimmed">
          {q === '' ? words.none : words.noMatch}
        </Text>
      )}
      <ScrollArea.Autosize mah={260}>
        <ul className={classes.list} aria-label={words.list}>
          {items.map((request) => (
            <li key={request.id}>
              <button
                type="button"
                className={classes.item}
                aria-pressed={request.id === current}
                onClick={() => {
                  choose(workflowId, { triggerId: trigger.id, requestId: request.id })
                  onChosen?.()
                }}
              >
                <SampleLine request={request} />
              </button>
            </li>
          ))}
        </ul>
      </ScrollArea.Autosize>
      {list.hasNextPage && (
        <Button size="xs" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </Stack>
  )
}

/** One request on two lines: when and how, then its id. */
export function SampleLine({ request }: { request: StoredRequest }) {
  return (
    <>
      <span className={classes.when}>
        <TimeAgo at={request.received_at} />
        <span className={classes.how}>
          {request.method} · {words.bytes(request.size)}
          {request.test && ` · ${words.test}`}
          {request.verdict !== 'accepted' && ` · ${words.verdicts[request.verdict] ?? request.verdict}`}
        </span>
      </span>
      <span className={classes.id}>{request.id}</span>
    </>
  )
}
