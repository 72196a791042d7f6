import { Anchor, Skeleton, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconArrowRight, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { templatesQuery, type Template } from '../../api/templates'
import { templates } from '../../lib/text/en/templates'
import { workflows as words } from '../../lib/text/en/workflows'
import { ErrorNote } from '../../components/ErrorNote'
import tones from '../../components/Tone.module.css'
import { useBlankWorkflow } from '../../components/useBlankWorkflow'
import classes from './Templates.module.css'
import { TemplateSteps } from './TemplateSteps'

const TemplateDialog = lazy(() => import('./TemplateDialog').then((m) => ({ default: m.TemplateDialog })))

/** Templates that are shown before one asks for all: the server lists those first that most people begin with. */
const SHOWN = 5

/** What a workspace can begin with: ready-made workflows, or an empty one. */
export function TemplateCards({ ws }: { ws: string }) {
  const { data, error, isPending, refetch } = useQuery(templatesQuery(ws))
  const [chosen, setChosen] = useState<Template>()
  const blank = useBlankWorkflow(ws)
  const all = (data?.items ?? []).filter((t) => !t.own)
  return (
    <>
      <ErrorNote error={error ?? blank.error} onRetry={error ? () => void refetch() : undefined} />
      <div className={classes.grid}>
        {isPending && [0, 1, 2].map((n) => <Skeleton key={n} height={150} radius="lg" />)}
        {all.slice(0, SHOWN).map((template) => (
          <UnstyledButton key={template.id} className={classes.card} onClick={() => setChosen(template)}>
            <TemplateSteps template={template} />
            <span className={classes.name}>{template.name}</span>
            <Text component="span" size="sm" c="dimmed">
              {template.summary}
            </Text>
          </UnstyledButton>
        ))}
        <UnstyledButton className={`${classes.card} ${classes.blank}`} disabled={blank.isPending} onClick={() => blank.mutate()}>
          <span className={classes.steps}>
            <span className={`${tones.tile} ${tones.calm}`}>
              <IconPlus size={20} aria-hidden />
            </span>
          </span>
          <span className={classes.name}>{words.new.blank}</span>
          <Text component="span" size="sm" c="dimmed">
            {words.new.blankHelp}
          </Text>
        </UnstyledButton>
      </div>
      {all.length > SHOWN && (
        <Anchor className={classes.all} renderRoot={(props) => <Link to="/w/$ws/templates" params={{ ws }} {...props} />}>
          {templates.all(all.length)}
          <IconArrowRight size={16} aria-hidden />
        </Anchor>
      )}
      {chosen && (
        <Suspense>
          <TemplateDialog ws={ws} template={chosen} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </>
  )
}
