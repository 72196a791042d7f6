import { IconArrowRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { Template } from '../../api/templates'
import { StepIcon } from '../../components/StepIcon'
import classes from './Templates.module.css'

/** Signs of steps that a card shows. */
const SHOWN_STEPS = 4

/** The first steps of a template as signs. */
export function TemplateSteps({ template }: { template: Template }) {
  const steps = (template.workflows[0]?.steps ?? []).slice(0, SHOWN_STEPS)
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
