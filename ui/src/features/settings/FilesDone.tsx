import { Anchor, Button, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FilesItem, FilesNeed, FilesReport } from '../../api/files'
import tones from '../../components/Tone.module.css'
import { files as words } from '../../lib/text/en/files'
import classes from './Files.module.css'

/** The order of the list: what changes something first. */
const ORDER = ['created', 'changed', 'different', 'same'] as const

const TONES: Record<FilesItem['action'], string | undefined> = { created: tones.good, changed: tones.busy, different: tones.warn, same: tones.calm }

/** How many lines are shown at first, and how many differences of one thing. */
const FIRST = 60
const FIRST_CHANGES = 3

interface Props {
  ws: string
  report: FilesReport
  /** Called when somebody follows a link away; without it, as in a preview, there are none. */
  onLeave?: () => void
}

/** What an import did, or would do, and what people have to fill in then. */
export function FilesDone({ ws, report, onLeave }: Props) {
  const tense = report.dry_run ? 0 : 1
  const [all, setAll] = useState(false)
  const items = ORDER.flatMap((action) => report.items.filter((item) => item.action === action))
  const shown = all ? items : items.slice(0, FIRST)
  const counts = ORDER.map((action) => [action, items.filter((item) => item.action === action).length] as const).filter(([, n]) => n > 0)
  return (
    <>
      {items.length > 0 && (
        <section aria-labelledby="files-items">
          <Title order={3} size="h5" id="files-items">
            {tense === 0 ? words.would : words.became}
          </Title>
          <Text size="sm" mb="xs" role="status">
            {counts.map(([action, n]) => words.counts[action][tense]?.(n)).join(' · ')}
          </Text>
          <ul className={classes.list} tabIndex={0} aria-labelledby="files-items">
            {shown.map((item) => (
              <Item key={`${item.kind} ${item.file} ${item.name}`} ws={ws} item={item} tense={tense} onLeave={onLeave} />
            ))}
            {items.length > shown.length && (
              <li className={classes.more}>
                <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
                  {words.more(items.length - shown.length)}
                </Button>
              </li>
            )}
          </ul>
        </section>
      )}
      {report.needs.length > 0 && <Needs ws={ws} report={report} onLeave={onLeave} />}
    </>
  )
}

function Item({ ws, item, tense, onLeave }: { ws: string; item: FilesItem; tense: 0 | 1; onLeave?: () => void }) {
  const rest = item.changes.length - FIRST_CHANGES
  return (
    <li>
      <span className={`${tones.badge} ${TONES[item.action]}`}>{words.actions[item.action][tense]}</span>
      <div className={classes.what}>
        <Text size="sm">
          <span className={classes.kind}>{words.kinds[item.kind]}</span>{' '}
          {onLeave ? (
            <Place ws={ws} kind={item.kind} workflow={item.kind === 'workflow' ? item.id : ''} onLeave={onLeave}>
              {item.name}
            </Place>
          ) : (
            <strong>{item.name}</strong>
          )}
        </Text>
        {item.action !== 'created' &&
          item.changes.slice(0, FIRST_CHANGES).map((change) => (
            <Text key={change} size="xs" c="dimmed">
              {change}
            </Text>
          ))}
        {item.action !== 'created' && rest > 0 && (
          <Text size="xs" c="dimmed">
            {words.moreChanges(rest)}
          </Text>
        )}
      </div>
    </li>
  )
}

/** What no file holds, what blocks publishing first. */
function Needs({ ws, report, onLeave }: Props) {
  const needs = [...report.needs.filter((need) => need.required), ...report.needs.filter((need) => !need.required)]
  const [all, setAll] = useState(false)
  const shown = all ? needs : needs.slice(0, FIRST)
  const workflowOf = (need: FilesNeed) => report.items.findLast((item) => item.kind === 'workflow' && item.name === need.workflow)?.id ?? ''
  return (
    <section aria-labelledby="files-needs" className={classes.needs}>
      <Title order={3} size="h5" id="files-needs">
        {words.needs(needs.length)}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {report.dry_run ? words.needsWould : words.needsBecame}
      </Text>
      <ul className={classes.list} tabIndex={0} aria-labelledby="files-needs">
        {shown.map((need) => (
          <li key={`${need.kind} ${need.workflow} ${need.step} ${need.name} ${need.detail}`}>
            <div className={classes.what}>
              <Text size="sm">{need.detail}</Text>
              <Text size="xs" c="dimmed" component="div">
                {onLeave ? (
                  <Place ws={ws} kind={need.kind} workflow={workflowOf(need)} onLeave={onLeave}>
                    {need.workflow || need.name}
                  </Place>
                ) : (
                  need.workflow && words.inWorkflow(need.workflow)
                )}
              </Text>
            </div>
            {need.required && <span className={`${tones.badge} ${tones.warn}`}>{words.required}</span>}
          </li>
        ))}
        {needs.length > shown.length && (
          <li className={classes.more}>
            <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
              {words.more(needs.length - shown.length)}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

/** The pages where things are that have none of their own in the report. */
const PAGES = {
  workflow: '/w/$ws/workflows',
  secret: '/w/$ws/workflows',
  template: '/w/$ws/templates',
  tag: '/w/$ws/contacts',
  contact_field: '/w/$ws/contacts',
  custom_value: '/w/$ws/values',
  product: '/w/$ws/offers',
  offer: '/w/$ws/offers',
  form: '/w/$ws/forms',
  connection: '/w/$ws/connections',
  hook: '/w/$ws/hooks',
} as const

interface PlaceProps {
  ws: string
  kind: FilesItem['kind'] | FilesNeed['kind']
  /** The id of the workflow that it is, or is in; empty for none. */
  workflow: string
  onLeave: () => void
  children: string
}

/** A link to where a thing is seen or filled in. */
function Place({ ws, kind, workflow, onLeave, children }: PlaceProps) {
  const own = (kind === 'workflow' || kind === 'secret') && workflow !== ''
  return (
    <Anchor
      fw={600}
      inherit
      renderRoot={(props) =>
        own ? (
          <Link to="/w/$ws/workflows/$id" params={{ ws, id: workflow }} {...props} onClick={onLeave} />
        ) : (
          <Link to={PAGES[kind]} params={{ ws }} {...props} onClick={onLeave} />
        )
      }
    >
      {children}
    </Anchor>
  )
}
