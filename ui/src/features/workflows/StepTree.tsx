import { Card, Text, Title } from '@mantine/core'
import { useNodeType } from '../../api/nodeTypes'
import { StepIcon } from '../../components/StepIcon'
import { stepName, type Branch, type Step } from '../../lib/definition'
import { text } from '../../lib/text'
import { ConditionText } from './ConditionText'
import { Params } from './Params'
import classes from './StepTree.module.css'

/** The steps of a workflow as an indented list, to read. */
export function StepTree({ steps }: { steps: Step[] | null | undefined }) {
  return (
    <Card component="section" aria-labelledby="steps-title">
      <Title order={2} id="steps-title">
        {text.workflow.steps}
      </Title>
      {steps && steps.length > 0 ? (
        <div className={classes.top}>
          <StepList steps={steps} />
        </div>
      ) : (
        <Text c="dimmed" mt="xs">
          {text.workflow.noSteps}
        </Text>
      )}
    </Card>
  )
}

function StepList({ steps }: { steps: Step[] | null | undefined }) {
  if (!steps || steps.length === 0) return <div className={classes.nothing}>{text.workflow.branchEmpty}</div>
  return (
    <ol className={classes.list}>
      {steps.map((step) => (
        <StepItem key={step.id} step={step} />
      ))}
    </ol>
  )
}

function StepItem({ step }: { step: Step }) {
  const nodeType = useNodeType()
  const type = nodeType(step.type)
  return (
    <li className={classes.step} id={`step-${step.id}`}>
      <div className={`${classes.card} ${step.disabled ? classes.off : ''}`}>
        <StepIcon type={step.type} />
        <div>
          <div className={classes.name}>{stepName(step, type.name)}</div>
          <Text size="sm" c="dimmed">
            {[step.name && type.name, step.disabled && text.workflow.skip].filter(Boolean).join(' · ')}
          </Text>
          <Params params={step.params} type={type} />
          {step.note && (
            <Text size="sm" c="dimmed" mt={4}>
              {text.workflow.note}: {step.note}
            </Text>
          )}
          {step.on_error?.do === 'continue' && (
            <Text size="sm" c="dimmed" mt={4}>
              {text.workflow.carryOn}
            </Text>
          )}
        </div>
      </div>
      {step.branches?.map((branch) => <BranchGroup key={branch.id} branch={branch} />)}
      {step.steps && (
        <div className={classes.inner}>
          <span className={classes.label}>{text.workflow.forEach}</span>
          <StepList steps={step.steps} />
        </div>
      )}
      {step.on_error?.do === 'branch' && (
        <div className={classes.inner}>
          <span className={`${classes.label} ${classes.error}`}>{text.workflow.ifFails}</span>
          <StepList steps={step.on_error.steps} />
        </div>
      )}
    </li>
  )
}

function BranchGroup({ branch }: { branch: Branch }) {
  return (
    <div className={classes.inner}>
      <span className={classes.label}>{branch.name?.trim() || text.workflow.otherwise}</span>
      {branch.when && (
        <span className={classes.when}>
          <ConditionText condition={branch.when} />
        </span>
      )}
      <StepList steps={branch.steps} />
    </div>
  )
}
