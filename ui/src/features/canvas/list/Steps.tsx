import { ActionIcon, Button } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { Fragment } from 'react'
import { StepIcon } from '../../../components/StepIcon'
import { stepName, type Step, type Trigger } from '../../../lib/definition'
import { ROOT, type ListRef } from '../../../lib/document/tree'
import { canvas as words } from '../../../lib/text/en/canvas'
import { cardLine } from '../card'
import { useMenu } from '../ContextMenu'
import { isWarning, useDesk, useVerdict } from '../desk'
import { useConditionSummary, useMappedWords } from '../forms'
import { RunSign } from '../nodes/RunSign'
import { useEditor, useEditorStore } from '../store'
import classes from './List.module.css'

interface Look {
  /** Large rows with buttons, for a narrow screen; else one line a step. */
  roomy: boolean
  onPick: (id: string) => void
}

/** The whole workflow as an indented list, in reading order. */
export function WorkflowList({ roomy, onPick }: Look) {
  const store = useEditorStore()
  const definition = useEditor((s) => s.draft.definition)
  const readOnly = useEditor((s) => s.readOnly)
  const triggers = definition.triggers ?? []
  const look = { roomy, onPick }
  const title = triggers.length === 0 ? words.start.none : triggers.length === 1 ? words.start.one : words.start.many
  return (
    <>
      {roomy && <h2 className={classes.title}>{title}</h2>}
      <ul className={classes.list} aria-label={title}>
        {triggers.map((trigger) => (
          <li key={trigger.id}>
            <Row subject={trigger} {...look} />
          </li>
        ))}
      </ul>
      {roomy && !readOnly && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconPlus size={17} aria-hidden />}
          onClick={() => store.getState().setView({ adding: { what: 'trigger' } })}
        >
          {triggers.length === 0 ? words.addFirstTrigger : words.addTrigger}
        </Button>
      )}
      <Steps list={ROOT} steps={definition.steps ?? []} {...look} />
    </>
  )
}

function Steps({ list, steps, ...look }: Look & { list: ListRef; steps: Step[] }) {
  return (
    <ol className={classes.list}>
      {look.roomy && <Add list={list} index={0} />}
      {steps.map((step, index) => (
        <Fragment key={step.id}>
          <li>
            <Row subject={step} {...look} />
            <Inside step={step} {...look} />
          </li>
          {look.roomy && <Add list={list} index={index + 1} />}
        </Fragment>
      ))}
      {steps.length === 0 && list.of !== 'root' && <li className={classes.nothing}>{words.tail.nothing}</li>}
    </ol>
  )
}

/** The lists inside a step, each under its label. */
function Inside({ step, ...look }: Look & { step: Step }) {
  const say = useConditionSummary()
  return (
    <>
      {(step.branches ?? []).map((branch, index) => {
        const name = branch.name?.trim() || (branch.when ? words.branchName(index + 1) : words.otherwise)
        const summary = branch.when ? say(branch.when) || words.noCondition : words.everythingElse
        return (
          <div key={branch.id} className={classes.inner}>
            <button type="button" className={classes.label} onClick={() => look.onPick(`${step.id}/${branch.id}`)}>
              <b>{name}</b> <span>{summary}</span>
            </button>
            <Steps list={{ of: 'branch', step: step.id, branch: branch.id }} steps={branch.steps ?? []} {...look} />
          </div>
        )
      })}
      {step.steps && (
        <div className={classes.inner}>
          <span className={classes.label}>{words.loop}</span>
          <Steps list={{ of: 'loop', step: step.id }} steps={step.steps} {...look} />
        </div>
      )}
      {step.on_error?.do === 'branch' && (
        <div className={classes.inner}>
          <span className={`${classes.label} ${classes.error}`}>{words.errorPath}</span>
          <Steps list={{ of: 'error', step: step.id }} steps={step.on_error.steps ?? []} {...look} />
        </div>
      )}
    </>
  )
}

function Row({ subject, roomy, onPick }: Look & { subject: Step | Trigger }) {
  const { nodeType } = useDesk()
  const { problems: all, refName } = useVerdict()
  const menu = useMenu()
  const summary = useConditionSummary()
  const mapped = useMappedWords()
  const selected = useEditor((s) => s.selected.has(subject.id))
  const trace = useEditor((s) => s.trace?.steps.get(subject.id))
  const fired = useEditor((s) => s.trace?.trigger === subject.id)
  const type = nodeType(subject.type)
  const name = stepName(subject, type.name)
  const bad = (all.get(subject.id) ?? []).filter((p) => !isWarning(p))
  const line = bad[0]?.detail ?? cardLine(type, subject.params, { refName, summary, mapped })
  return (
    <div className={roomy ? classes.row : classes.line} data-selected={selected || undefined} data-off={subject.disabled || undefined}>
      <button type="button" className={classes.pick} data-card={subject.id} aria-current={selected || undefined} onClick={() => onPick(subject.id)}>
        {roomy && <StepIcon type={subject.type} />}
        <span className={classes.text}>
          <b>{name}</b>
          {roomy && line !== '' && <span data-bad={bad.length > 0 || undefined}>{line}</span>}
          {subject.disabled && <span>{words.card.off}</span>}
        </span>
        {!roomy && bad.length > 0 && (
          <span className={classes.dot} title={words.card.problems(bad.length)}>
            {bad.length}
          </span>
        )}
        {(trace || fired) && <RunSign trace={trace} />}
      </button>
      {roomy && (
        <ActionIcon size={44} aria-label={words.card.menu(name)} aria-haspopup="menu" onClick={(event) => menu.open(event, subject.id)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

function Add({ list, index }: { list: ListRef; index: number }) {
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  if (readOnly) return null
  return (
    <li className={classes.add}>
      <button type="button" aria-label={words.addStepFirst} onClick={() => store.getState().setView({ adding: { what: 'step', place: { list, index } } })}>
        <IconPlus size={16} aria-hidden />
      </button>
    </li>
  )
}
