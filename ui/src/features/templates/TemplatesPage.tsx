import { Badge, Button, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { templatesQuery, type Template } from '../../api/templates'
import { ErrorNote } from '../../components/ErrorNote'
import { NoneMatch } from '../../components/NoneMatch'
import { Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { templates as words } from '../../lib/text/en/templates'
import { clones } from '../../lib/text/en/clones'
import { NewTemplate } from './NewTemplate'
import { matching } from './search'
import { TemplateSteps } from './TemplateSteps'
import classes from './Templates.module.css'

const OwnTemplate = lazy(() => import('./OwnTemplate').then((m) => ({ default: m.OwnTemplate })))
const TemplateDialog = lazy(() => import('./TemplateDialog').then((m) => ({ default: m.TemplateDialog })))

/** Every ready-made workflow, by what it is for. */
export function TemplatesPage() {
  const { ws } = useParams({ from: '/w/$ws/templates' })
  const { q = '', category = '' } = useSearch({ from: '/w/$ws/templates' })
  const navigate = useNavigate({ from: '/w/$ws/templates' })
  const { data, error, isPending, refetch } = useQuery(templatesQuery(ws))
  const [chosen, setChosen] = useState<Template>()
  const own = (data?.items ?? []).filter((t) => t.own)
  const all = (data?.items ?? []).filter((t) => !t.own)
  const categories = [...new Set(all.map((t) => t.category))]
  const found = matching(all, q).filter((t) => category === '' || t.category === category)
  const show = (next: { q?: string; category?: string }) => void navigate({ search: { q, category, ...next }, replace: true })
  return (
    <Page title={words.title} help={words.help} actions={<NewTemplate ws={ws} />}>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      <div className={classes.tools}>
        <SearchBox label={words.search} value={q} onChange={(next) => show({ q: next })} width="min(24rem, 100%)" />
        <div className={classes.kinds} role="group" aria-label={words.categories}>
          {['', ...categories].map((kind) => (
            <Button
              key={kind}
              size="compact-md"
              variant={kind === category ? 'filled' : 'default'}
              aria-pressed={kind === category}
              onClick={() => show({ category: kind })}
            >
              {kind || words.every}
            </Button>
          ))}
        </div>
      </div>
      {category === '' && matching(own, q).length > 0 && (
        <section className={classes.group} aria-labelledby="kind-own">
          <Title order={2} id="kind-own">
            {clones.yours}
          </Title>
          <ul className={classes.gallery}>
            <Suspense>
              {matching(own, q).map((template) => (
                <OwnTemplate key={template.id} ws={ws} template={template} onUse={() => setChosen(template)} />
              ))}
            </Suspense>
          </ul>
        </section>
      )}
      {isPending && <Skeleton height={320} radius="lg" />}
      {data && (
        <Text role="status" size="sm" c="dimmed" mb="md">
          {words.found(found.length)}
        </Text>
      )}
      {data && found.length === 0 && <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/templates', params: { ws } }} />}
      {categories
        .map((kind) => ({ kind, entries: found.filter((t) => t.category === kind) }))
        .filter(({ entries }) => entries.length > 0)
        .map(({ kind, entries }) => (
          <section key={kind} className={classes.group} aria-labelledby={`kind-${kind}`}>
            <Title order={2} id={`kind-${kind}`}>
              {kind}
            </Title>
            <ul className={classes.gallery}>
              {entries.map((template) => (
                <Entry key={template.id} template={template} onUse={() => setChosen(template)} />
              ))}
            </ul>
          </section>
        ))}
      {chosen && (
        <Suspense>
          <TemplateDialog ws={ws} template={chosen} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </Page>
  )
}

function Entry({ template, onUse }: { template: Template; onUse: () => void }) {
  const nodeType = useNodeType()
  const steps = template.workflows.flatMap((w) => w.steps).map((step) => step.name || nodeType(step.type).name)
  const needs = [...new Set(template.inputs.map((i) => words.needs[i.kind]))]
  return (
    <li className={classes.entry}>
      <span title={steps.join(' → ')}>
        <TemplateSteps template={template} />
      </span>
      <Title order={3} size="h5">
        {template.name}
      </Title>
      <Text size="sm" c="dimmed">
        {template.summary}
      </Text>
      {template.apps.length > 0 && (
        <span className={classes.apps}>
          {template.apps.map((app) => (
            <Badge key={app} variant="default" tt="none" fw={500}>
              {app}
            </Badge>
          ))}
        </span>
      )}
      <footer>
        <Text size="xs" c="dimmed">
          {needs.length === 0 ? words.asksNothing : `${words.asks} ${needs.join(', ')}`}
        </Text>
        <Button size="compact-md" variant="light" aria-label={words.useOne(template.name)} onClick={onUse}>
          {words.use}
        </Button>
      </footer>
    </li>
  )
}
