import { Anchor, Button, Progress, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { listRequests } from '../../api/requests'
import { runsQuery } from '../../api/runs'
import { workspaceQuery } from '../../api/settings'
import type { Workflow } from '../../api/workflows'
import { home } from '../../lib/text/en/home'
import classes from './Home.module.css'

const words = home.first

/** The way from an empty workspace to a running one; gone once it is walked or hidden. */
export function FirstSteps({ ws, workflows }: { ws: string; workflows: Workflow[] }) {
  const hidden = `hookloom:first-steps:${ws}`
  const [gone, setGone] = useState(() => localStorage.getItem(hidden) === 'gone')
  const requests = useQuery({
    queryKey: ['ws', ws, 'requests', 'list', 'first'],
    queryFn: ({ signal }) => listRequests(ws, {}, '', signal),
    staleTime: 30_000,
  })
  const runs = useInfiniteQuery(runsQuery(ws, { mode: 'live' }, 1))
  const { data: workspace } = useQuery(workspaceQuery(ws))
  const newest = workflows[0]
  const link = (label: string): ReactNode =>
    newest ? (
      <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: newest.id }} {...props} />}>
        {label}
      </Anchor>
    ) : (
      label
    )
  const steps: { label: ReactNode; plain: string; help: string; done: boolean }[] = [
    { label: words.create, plain: words.create, help: words.createHelp, done: workflows.length > 0 },
    { label: link(words.sample), plain: words.sample, help: words.sampleHelp, done: (requests.data?.items?.length ?? 0) > 0 },
    { label: link(words.publish), plain: words.publish, help: words.publishHelp, done: workflows.some((w) => w.live_version) },
    { label: words.run, plain: words.run, help: words.runHelp, done: (runs.data?.pages[0]?.items?.length ?? 0) > 0 },
    {
      label: (
        <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/settings" params={{ ws }} {...props} />}>
          {words.sender}
        </Anchor>
      ),
      plain: words.sender,
      help: words.senderHelp,
      done: Boolean(workspace?.sender?.email || workspace?.default_country),
    },
  ]
  const done = steps.filter((step) => step.done).length
  if (gone || done === steps.length) return null
  const hide = () => {
    localStorage.setItem(hidden, 'gone')
    setGone(true)
  }
  return (
    <section className={classes.card} aria-labelledby="first-title">
      <div className={classes.cardHead}>
        <Title order={2} id="first-title">
          {words.title}
        </Title>
        <Text size="sm" c="dimmed">
          {words.progress(done, steps.length)}
        </Text>
      </div>
      <Text size="sm" c="dimmed" mb="sm">
        {words.help}
      </Text>
      <Progress value={(done / steps.length) * 100} mb="md" aria-label={words.progress(done, steps.length)} />
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.plain}>
            <span className={classes.tick} data-done={step.done || undefined} role="img" aria-label={step.done ? words.done : undefined} aria-hidden={!step.done}>
              <IconCheck size={15} stroke={2.6} aria-hidden />
            </span>
            <div>
              <Text fw={600} className={step.done ? classes.done : undefined}>
                {step.done ? step.plain : step.label}
              </Text>
              {!step.done && (
                <Text size="sm" c="dimmed">
                  {step.help}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ol>
      {done > 1 && (
        <Button size="compact-sm" variant="subtle" color="gray" mt="md" onClick={hide}>
          {words.hide}
        </Button>
      )}
    </section>
  )
}
