import { Button, List, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconRoute, IconSearch } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { workflowsQuery } from '../../api/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { Empty, Page } from '../../components/Page'
import { text } from '../../lib/text'
import { WorkflowRow } from './WorkflowRow'
import classes from './WorkflowsPage.module.css'
import { useExample } from './useExample'

/** Fewer are seen at a glance; a search box would be one more thing to read. */
const SEARCH_FROM = 6

export function WorkflowsPage() {
  const { ws } = useParams({ from: '/w/$ws/workflows' })
  const list = useInfiniteQuery(workflowsQuery(ws))
  const [wanted, setWanted] = useState('')
  const needle = wanted.trim().toLocaleLowerCase()
  const total = list.data?.pages.reduce((sum, page) => sum + (page.items?.length ?? 0), 0) ?? 0
  return (
    <Page title={text.workflows.title} help={text.workflows.help}>
      {total >= SEARCH_FROM && (
        <div className={listClasses.tools}>
          <TextInput
            w={280}
            type="search"
            aria-label={text.workflows.search}
            placeholder={text.workflows.search}
            leftSection={<IconSearch size={17} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
      )}
      {total > 0 && (
        <div className={classes.head} aria-hidden>
          <span />
          <span>{text.workflows.name}</span>
          <span>{text.runs.status}</span>
          <span>{text.workflows.recent}</span>
        </div>
      )}
      <ListFrame
        list={list}
        label={text.workflows.title}
        keep={(w) => needle === '' || w.name.toLocaleLowerCase().includes(needle)}
        empty={needle === '' ? <FirstWorkflow ws={ws} /> : <NoneFound />}
        row={(w) => <WorkflowRow key={w.id} ws={ws} workflow={w} />}
      />
    </Page>
  )
}

function FirstWorkflow({ ws }: { ws: string }) {
  const example = useExample(ws)
  return (
    <Empty
      icon={IconRoute}
      title={text.workflows.emptyTitle}
      action={
        <Button size="md" loading={example.isPending} onClick={() => example.mutate()}>
          {text.workflows.example}
        </Button>
      }
    >
      <Text c="dimmed">{text.workflows.emptyHelp}</Text>
      <List type="ordered" className={classes.steps}>
        {text.workflows.emptySteps.map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      <ErrorNote error={example.error} />
    </Empty>
  )
}

function NoneFound() {
  return (
    <Empty icon={IconSearch} title={text.workflows.none}>
      <Text c="dimmed">{text.workflows.noneHelp}</Text>
    </Empty>
  )
}
