import { Anchor, List } from '@mantine/core'
import type { Problem } from '../../../api/http'
import { stepName } from '../../../lib/definition'
import { findStep } from '../../../lib/document/tree'
import { text } from '../../../lib/text'
import { canvas } from '../../../lib/text/en/canvas'
import { useActions } from '../actions/context'
import { useDesk } from '../desk'
import { tabOf, withinStep } from '../panel/Panel'
import { useEditor, useEditorStore } from '../store'

/** Problems as sentences; each leads to the field that it is about. */
export function ProblemLinks({ problems, onGo }: { problems: Problem[]; onGo: () => void }) {
  const { nodeType } = useDesk()
  const { flow } = useActions()
  const store = useEditorStore()
  const definition = useEditor((s) => s.draft.definition)
  const go = (problem: Problem) => {
    const pointer = withinStep(problem.pointer ?? '')
    const step = findStep(definition, problem.step ?? '')
    const branch = step?.branches?.[Number(/^\/branches\/(\d+)/.exec(pointer)?.[1] ?? -1)]
    onGo()
    const subject = step ?? definition.triggers?.find((t) => t.id === problem.step)
    if (branch && step) store.getState().select(`${step.id}/${branch.id}`)
    else if (subject) store.getState().showField(subject.id, pointer, tabOf(pointer, nodeType(subject.type).fields ?? []))
    else store.getState().setView({ adding: problem.code === 'no_trigger' ? { what: 'trigger' } : { what: 'step', place: { list: { of: 'root' }, index: definition.steps?.length ?? 0 } } })
    if (subject) flow.reveal(subject.id)
  }
  return (
    <List size="sm" spacing={6}>
      {problems.map((problem, index) => {
        const subject = findStep(definition, problem.step ?? '') ?? definition.triggers?.find((t) => t.id === problem.step)
        const canGo = subject !== undefined || problem.code === 'no_trigger' || problem.code === 'no_steps'
        return (
          <List.Item key={`${problem.pointer}-${problem.code}-${index}`}>
            {problem.detail ?? problem.code}{' '}
            {canGo && (
              <Anchor component="button" type="button" inherit underline="always" onClick={() => go(problem)}>
                {subject ? text.workflow.inStep(stepName(subject, nodeType(subject.type).name)) : canvas.publish.show}
              </Anchor>
            )}
          </List.Item>
        )
      })}
    </List>
  )
}
