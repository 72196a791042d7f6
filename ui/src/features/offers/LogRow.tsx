import { Anchor, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, memo, Suspense, useState } from 'react'
import type { OfferCall } from '../../api/activation'
import { CopyButton } from '../../components/CopyButton'
import { Facts } from '../../components/Facts'
import type { Tone } from '../../components/StatusBadge'
import { TimeAgo } from '../../components/TimeAgo'
import tones from '../../components/Tone.module.css'
import { printJson } from '../../lib/json'
import { offerLog as words } from '../../lib/text/en/activation'
import classes from './OfferUrls.module.css'

const JsonView = lazy(() => import('../../components/JsonView').then((m) => ({ default: m.JsonView })))

const TONES: Record<string, Tone> = { accepted: 'good', duplicate: 'calm', invalid: 'bad', forbidden: 'bad', too_large: 'bad', rate_limited: 'warn' }

/** One call of an offer's address; its details open below it. */
export const LogRow = memo(function LogRow({ ws, call }: { ws: string; call: OfferCall }) {
  const [opened, setOpened] = useState(false)
  const c = words.columns
  const errors = call.errors.length > 0 ? call.errors.map((e) => e.detail) : call.reason && call.verdict !== 'accepted' ? [call.reason] : []
  return (
    <>
      <tr>
        <td data-label={c.id}>
          <UnstyledButton className={classes.number} aria-expanded={opened} aria-label={words.open(call.number)} onClick={() => setOpened(!opened)}>
            <IconChevronRight size={15} aria-hidden className={opened ? classes.turned : undefined} />
            {call.number}
          </UnstyledButton>
        </td>
        <td data-label={c.status}>
          <div>
            <span className={`${tones.badge} ${tones[TONES[call.verdict] ?? 'calm']}`}>
              {call.status} {words.verdicts[call.verdict] ?? words.limited}
            </span>
            <span className={classes.sub}>
              {words.actions[call.action]}
              {call.old_url && `, ${words.old}`}
            </span>
          </div>
        </td>
        <td data-label={c.uuid} className={classes.mono}>
          {call.request_uuid}
        </td>
        <td data-label={c.params}>
          <Params params={call.params as Sent} />
        </td>
        <td data-label={c.errors}>
          {errors.length === 0 ? (
            <span className={classes.sub}>{words.noErrors}</span>
          ) : (
            <ul className={classes.errors}>
              {errors.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </td>
        <td data-label={c.created}>
          <TimeAgo at={call.created_at} />
        </td>
      </tr>
      {opened && (
        <tr className={classes.opened}>
          <td colSpan={6}>
            <Details ws={ws} call={call} />
          </td>
        </tr>
      )}
    </>
  )
})

/** null when it could not be read. */
type Sent = Record<string, unknown> | null

function Params({ params }: { params: Sent }) {
  if (!params) return <span className={classes.sub}>{words.noParams}</span>
  return (
    <div className={classes.pairs}>
      {Object.entries(params).map(([key, value]) => (
        <div key={key}>
          <b>{key}</b>: {value === '' ? <span className={classes.blank}>{words.blank}</span> : typeof value === 'string' ? value : printJson(value, 0)}
        </div>
      ))}
    </div>
  )
}

function Details({ ws, call }: { ws: string; call: OfferCall }) {
  const f = words.facts
  return (
    <div className={classes.details}>
      <Facts
        facts={[
          [f.action, words.actions[call.action] + (call.old_url ? ` (${words.old})` : '')],
          [f.answered, call.status],
          [f.reason, call.errors.length === 0 && call.reason],
          [f.from, call.ip],
          [f.program, call.user_agent],
          [f.type, call.content_type],
          [f.contact, call.contact_id && <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/contacts/$id" params={{ ws, id: call.contact_id! }} {...props} />}>{f.showContact}</Anchor>],
          [f.run, call.run_id && <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/runs/$id" params={{ ws, id: call.run_id! }} {...props} />}>{f.showRun}</Anchor>],
          [words.columns.uuid, <CopyButton key="copy" value={call.request_uuid} label={words.copyUuid} />],
        ]}
      />
      {call.params !== null && (
        <Suspense>
          <JsonView value={call.params} label={words.sent} />
        </Suspense>
      )}
    </div>
  )
}
