import { Alert, Anchor, List } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { useNodeType } from '../../api/nodeTypes'
import type { Problem } from '../../api/http'
import type { Workflow } from '../../api/workflows'
import { stepName, walk } from '../../lib/definition'
import { text } from '../../lib/text'

/** What stands in the way of publishing, and what only deserves a look; nothing when there is neither. */
export function Problems({ workflow }: { workflow: Workflow }) {
  const all = workflow.problems ?? []
  const warnings = all.filter((p) => p.severity === 'warning')
  const problems = all.filter((p) => p.severity !== 'warning')
  return (
    <>
      <Box title={text.workflow.problems(problems.length)} problems={problems} workflow={workflow} />
      <Box title={text.workflow.warnings(warnings.length)} problems={warnings} workflow={workflow} />
    </>
  )
}

function Box({ title, problems, workflow }: { title: string; problems: Problem[]; workflow: Workflow }) {
  if (problems.length === 0) return null
  return (
    <Alert
      variant="outline"
      color="orange"
      radius="lg"
      icon={<IconListCheck aria-hidden />}
      title={title}
      styles={{ root: { background: 'var(--mantine-color-body)' }, title: { color: 'var(--tone-warn-ink)' } }}
    >
      <ProblemList problems={problems} workflow={workflow} />
    </Alert>
  )
}

/** Each problem as a sentence with the step it is in. */
export function ProblemList({ problems, workflow }: { problems: Problem[]; workflow: Workflow }) {
  const nodeType = useNodeType()
  const steps = [...walk(workflow.definition?.steps), ...(workflow.definition?.triggers ?? [])]
  return (
    <List size="sm" spacing={6}>
      {problems.map((problem, index) => {
        const step = steps.find((s) => s.id === problem.step)
        return (
          <List.Item key={`${problem.pointer}-${problem.code}-${index}`}>
            {problem.detail ?? problem.code}{' '}
            {step && (
              <Anchor inherit underline="always" href={`#step-${step.id}`}>
                {text.workflow.inStep(stepName(step, nodeType(step.type).name))}
              </Anchor>
            )}
          </List.Item>
        )
      })}
    </List>
  )
}
