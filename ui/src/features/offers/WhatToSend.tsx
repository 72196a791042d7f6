import { SegmentedControl, Switch, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { OfferAction } from '../../api/activation'
import { CopyButton } from '../../components/CopyButton'
import { activation as words } from '../../lib/text/en/activation'
import classes from './OfferUrls.module.css'

/** How the addresses are called: an example to copy, the parameters, and what a refusal says. */
export function WhatToSend({ activation, deactivation }: { activation: string; deactivation: string }) {
  const [action, setAction] = useState<OfferAction>('activate')
  const [email, setEmail] = useState(false)
  const example = action === 'activate' ? exampleOf(activation + (email ? '?send_offer_grant_email=true' : ''), MEMBER) : exampleOf(deactivation, { external_user_id: MEMBER.external_user_id })
  return (
    <details className={classes.how}>
      <summary>{words.how}</summary>
      <Text size="sm" c="dimmed">
        {words.howHelp}
      </Text>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={words.which}
          value={action}
          onChange={(value) => setAction(value as OfferAction)}
          data={[
            { value: 'activate', label: words.activateShort },
            { value: 'deactivate', label: words.deactivateShort },
          ]}
        />
        {action === 'activate' && <Switch label={words.email} description={words.emailHelp} checked={email} onChange={(e) => setEmail(e.currentTarget.checked)} />}
      </div>
      <div className={classes.example}>
        <pre tabIndex={0} role="region" aria-label={words.example}>
          {example}
        </pre>
        <div>
          <CopyButton value={example} label={words.copyExample} />
        </div>
      </div>
      <div className={classes.columns}>
        <div>
          <Title order={3}>{words.params.title}</Title>
          <dl className={classes.params}>
            <Param name="name" must={action === 'activate'} help={words.params.name} />
            <Param name="email" must={action === 'activate'} help={words.params.email} />
            <Param name="external_user_id" must help={words.params.external_user_id} />
            {action === 'activate' && <Param name="send_offer_grant_email" must={false} help={words.params.send} />}
          </dl>
        </div>
        <div>
          <Title order={3}>{words.errors.title}</Title>
          <Text size="sm" c="dimmed">
            {words.errors.help}
          </Text>
          <ul className={classes.refusals}>
            {words.errors.list.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      </div>
    </details>
  )
}

function Param({ name, must, help }: { name: string; must: boolean; help: string }) {
  return (
    <div>
      <dt>
        <code>{name}</code> <span>{must ? words.params.required : words.params.optional}</span>
      </dt>
      <dd>{help}</dd>
    </div>
  )
}

const MEMBER = { name: 'Ada Lovelace', email: 'ada@example.com', external_user_id: 'ada@example.com' }

/** A call that can be pasted into a terminal. */
const exampleOf = (url: string, body: Record<string, string>) => `curl -X POST '${url}' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'`
