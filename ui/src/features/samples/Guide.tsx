import { Anchor, Group, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { CopyButton } from '../../components/CopyButton'
import type { Workflow } from '../../api/workflows'
import type { Trigger } from '../../lib/definition'
import { guideWords as words } from '../../lib/text/en/guide'
import { isSample, requestsQuery } from './api'
import classes from './Guide.module.css'
import { schemeOf, sendersQuery } from './senders'

interface Props {
  ws: string
  workflow: Workflow
  trigger: Trigger
  url: string | undefined
}

/** The six steps from another service to a live workflow; open until its first event has come. */
export function Guide({ ws, workflow, trigger, url }: Props) {
  const { data: senders } = useQuery(sendersQuery)
  const requests = useInfiniteQuery(requestsQuery(ws, workflow.id))
  const [toggled, setToggled] = useState<boolean>()
  const [copied, setCopied] = useState(false)
  const scheme = schemeOf(trigger)
  const sender = scheme === 'none' ? undefined : senders?.find((s) => s.scheme === scheme)
  const arrived = (requests.data?.pages ?? []).flatMap((page) => page.items ?? []).some((r) => r.trigger_id === trigger.id && isSample(r))
  const isLive = workflow.status === 'live'
  const steps: { title: string; help: ReactNode; done: boolean; stays?: boolean }[] = [
    { title: words.choose, help: sender ? words.chosen(sender.label) : words.chooseHelp, done: scheme !== 'none' || arrived },
    { title: words.find, help: sender?.secret_help || words.findHelp, done: copied || arrived },
    {
      title: words.set,
      help: url && (
        <Group gap={4} wrap="nowrap">
          {words.setHelp}
          <span onClickCapture={() => setCopied(true)}>
            <CopyButton value={url} label={words.copy} />
          </span>
        </Group>
      ),
      done: copied || arrived,
      stays: !arrived, // what was copied may be wanted once more
    },
    { title: words.pick, help: sender && sender.events.length > 0 ? words.pickOf(sender.events.map((e) => e.label)) : words.pickHelp, done: arrived },
    { title: words.test, help: words.testHelp, done: arrived },
    {
      title: words.monitor,
      help: (
        <>
          {words.monitorHelp}{' '}
          <Anchor inherit underline="always" renderRoot={(props) => <Link to="/w/$ws/requests" params={{ ws }} search={{ workflow_id: workflow.id }} {...props} />}>
            {words.requests}
          </Anchor>
        </>
      ),
      done: isLive,
    },
  ]
  const done = steps.filter((step) => step.done).length
  const open = toggled ?? !arrived
  if (!requests.data) return null
  return (
    <details className={classes.guide} open={open}>
      <summary
        // Not by `toggle`: that comes by itself too when it is put in open, and it would then never fold.
        onClick={(event) => {
          event.preventDefault()
          setToggled(!open)
        }}
      >
        {words.title} <span className={classes.count}>{words.progress(done, steps.length)}</span>
      </summary>
      <ol className={classes.steps} aria-label={words.title}>
        {steps.map((step) => (
          <li key={step.title} data-done={step.done || undefined}>
            <span className={classes.tick} role="img" aria-label={step.done ? words.done : undefined} aria-hidden={!step.done}>
              <IconCheck size={12} stroke={3} aria-hidden />
            </span>
            <div>
              <Text size="sm" fw={600}>
                {step.title}
              </Text>
              {(!step.done || step.stays) && (
                <Text size="sm" c="dimmed" component="div">
                  {step.help}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ol>
    </details>
  )
}
