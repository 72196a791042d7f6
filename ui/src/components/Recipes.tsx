import { Skeleton, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconArrowRight, IconPlus } from '@tabler/icons-react'
import { Fragment, lazy, Suspense, useState } from 'react'
import { recipesQuery, type Recipe } from '../api/recipes'
import { workflows as words } from '../lib/text/en/workflows'
import { ErrorNote } from './ErrorNote'
import classes from './Recipes.module.css'
import { StepIcon } from './StepIcon'
import tones from './Tone.module.css'
import { useBlankWorkflow } from './useBlankWorkflow'

const RecipeDialog = lazy(() => import('./RecipeDialog').then((m) => ({ default: m.RecipeDialog })))

/** Signs of steps that a card shows. */
const SHOWN_STEPS = 4

/** What a workspace can begin with: ready-made workflows, or an empty one. */
export function Recipes({ ws }: { ws: string }) {
  const { data, error, isPending, refetch } = useQuery(recipesQuery)
  const [chosen, setChosen] = useState<Recipe>()
  const blank = useBlankWorkflow(ws)
  return (
    <>
      <ErrorNote error={error ?? blank.error} onRetry={error ? () => void refetch() : undefined} />
      <div className={classes.grid}>
        {isPending && [0, 1, 2].map((n) => <Skeleton key={n} height={150} radius="lg" />)}
        {(data?.items ?? []).map((recipe) => (
          <UnstyledButton key={recipe.id} className={classes.recipe} onClick={() => setChosen(recipe)}>
            <Steps recipe={recipe} />
            <span className={classes.name}>{recipe.name}</span>
            <Text component="span" size="sm" c="dimmed">
              {recipe.summary}
            </Text>
          </UnstyledButton>
        ))}
        <UnstyledButton className={`${classes.recipe} ${classes.blank}`} disabled={blank.isPending} onClick={() => blank.mutate()}>
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
      {chosen && (
        <Suspense>
          <RecipeDialog ws={ws} recipe={chosen} onClose={() => setChosen(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function Steps({ recipe }: { recipe: Recipe }) {
  const steps = (recipe.steps ?? []).slice(0, SHOWN_STEPS)
  return (
    <span className={classes.steps} aria-hidden>
      {steps.map((step, i) => (
        <Fragment key={`${step.type}${i}`}>
          {i > 0 && <IconArrowRight size={14} />}
          <StepIcon type={step.type} />
        </Fragment>
      ))}
    </span>
  )
}
