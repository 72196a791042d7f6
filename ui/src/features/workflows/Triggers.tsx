import { Card, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useNodeType } from '../../api/nodeTypes'
import type { Workflow } from '../../api/workflows'
import { CopyButton } from '../../components/CopyButton'
import { StepIcon } from '../../components/StepIcon'
import { reach } from '../../lib/address'
import { stepName } from '../../lib/definition'
import { text } from '../../lib/text'
import classes from './Triggers.module.css'

const WARNINGS = { everyone: undefined, nearby: text.workflow.loopback, unencrypted: text.workflow.plainHttp } as const

/** What starts the workflow, each with its address. */
export function Triggers({ workflow }: { workflow: Workflow }) {
  const nodeType = useNodeType()
  const triggers = workflow.definition?.triggers ?? []
  const urls = new Map((workflow.triggers ?? []).map((t) => [t.id, t.url]))
  return (
    <Card component="section" aria-labelledby="triggers-title">
      <Title order={2} id="triggers-title">
        {triggers.length > 1 ? text.workflow.triggers : text.workflow.triggersOne}
      </Title>
      {triggers.length === 0 && (
        <Text c="dimmed" mt="xs">
          {text.workflow.noTriggers}
        </Text>
      )}
      <ul className={classes.list}>
        {triggers.map((trigger) => {
          const type = nodeType(trigger.type).name
          const url = urls.get(trigger.id)
          return (
            <li key={trigger.id} id={`step-${trigger.id}`} className={classes.trigger}>
              <StepIcon type={trigger.type} />
              <div>
                <div className={classes.name}>{stepName(trigger, type)}</div>
                <Text size="sm" c="dimmed">
                  {[trigger.name && type, trigger.disabled && text.workflow.skip].filter(Boolean).join(' · ')}
                </Text>
                {url && <Address url={url} />}
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Address({ url }: { url: string }) {
  const warning = WARNINGS[reach(url)]
  const command = `curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"email":"ada@example.com","first_name":"Ada"}'`
  return (
    <>
      <div className={classes.url}>
        <span className={classes.address}>
          {url}
        </span>
        <CopyButton value={url} label={text.workflows.copyUrl} />
      </div>
      {warning && (
        <div className={classes.note}>
          <IconAlertTriangle size={15} aria-hidden />
          {warning}
        </div>
      )}
      <details className={classes.try}>
        <summary>{text.workflow.tryIt}</summary>
        <div className={classes.url}>
          <span className={classes.address}>{command}</span>
          <CopyButton value={command} label={text.workflow.copyCommand} />
        </div>
      </details>
    </>
  )
}
