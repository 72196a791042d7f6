import { Button, NativeSelect, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import { stepName, type Trigger } from '../../lib/definition'
import { samplesWords as words } from '../../lib/text/en/samples'
import { useSampleChoice, useSampleChoices } from './choice'
import { useSampleRows } from './rows'
import classes from './SampleList.module.css'

interface Props {
  ws: string
  workflowId: string
  triggers: Trigger[]
  trigger: Trigger
  onChosen?: () => void
}

/** What came to a trigger, or what it began, newest first, to choose the sample from. */
export function SampleList({ ws, workflowId, triggers, trigger, onChosen }: Props) {
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), 250)
  const { rows, list, ofRequests } = useSampleRows(ws, workflowId, trigger, q)
  const nodeType = useNodeType()
  const choice = useSampleChoice(workflowId)
  const choose = useSampleChoices((s) => s.choose)
  const chosen = choice.triggerId === trigger.id ? (ofRequests ? choice.requestId : choice.runId) : undefined
  const current = chosen ?? rows[0]?.id
  return (
    <Stack gap="xs">
      {triggers.length > 1 && (
        <NativeSelect
          size="sm"
          aria-label={words.trigger}
          value={trigger.id}
          onChange={(e) => choose(workflowId, { triggerId: e.currentTarget.value })}
          data={triggers.map((t) => ({ value: t.id, label: stepName(t, nodeType(t.type).name) }))}
        />
      )}
      <TextInput
        data-autofocus
        size="sm"
        aria-label={ofRequests ? words.search : words.searchRuns}
        placeholder={ofRequests ? words.search : words.searchRuns}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(e) => setSearch(e.currentTarget.value)}
      />
      <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      {rows.length === 0 && !list.isPending && (
        <Text size="sm" c="dimmed">
          {q !== '' ? words.noMatch : ofRequests ? words.none : words.noRuns}
        </Text>
      )}
      <ScrollArea.Autosize mah={260}>
        <ul className={classes.list} aria-label={words.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={classes.item}
                aria-pressed={row.id === current}
                onClick={() => {
                  choose(workflowId, { triggerId: trigger.id, [ofRequests ? 'requestId' : 'runId']: row.id })
                  onChosen?.()
                }}
              >
                <span className={classes.when}>
                  <TimeAgo at={row.at} />
                  <span className={classes.how}>{row.how}</span>
                </span>
                <span className={classes.id}>{row.id}</span>
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
