import { ActionIcon, Button, Loader, Tabs, TextInput, Title, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { IconFlask, IconPencil, IconX } from '@tabler/icons-react'
import { Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../../api/http'
import { StepIcon } from '../../../components/StepIcon'
import { stepName, type Definition, type Step, type Trigger } from '../../../lib/definition'
import { findBranch, findStep } from '../../../lib/document/tree'
import { FIRST_EMPTY, type TabProps } from '../../../lib/document/panel'
import { canvas as words } from '../../../lib/text/en/canvas'
import { Boundary } from '../Boundary'
import { isWarning, useDesk, useVerdict } from '../desk'
import { FailsTab, FieldsTab, SetUpTab, TestTab } from '../forms'
import { useEditor, useEditorStore, type EditorState } from '../store'
import type { PanelTab } from '../store/selection'
import { BranchPanel } from './BranchPanel'
import { CommonFields } from './CommonFields'
import { ContactOffer } from './ContactOffer'
import classes from './Panel.module.css'
import { RunTab } from './RunTab'
import { standing } from './standing'
import { useContactOffer } from './useContactOffer'

/** What the panel is about, when it is still there. */
function subjectOf(s: EditorState): Step | Trigger | undefined {
  if (s.current === undefined) return undefined
  return findStep(s.draft.definition, s.current) ?? s.draft.definition.triggers?.find((t) => t.id === s.current)
}

/** The panel of the selected step, trigger or branch. Nothing when that is gone. */
export function Panel() {
  const subject = useEditor(subjectOf)
  const branch = useEditor((s) => {
    const [step = '', id] = s.current?.split('/') ?? []
    return id === undefined ? undefined : findBranch(s.draft.definition, step, id)
  })
  const current = useEditor((s) => s.current)
  if (branch && current) return <BranchPanel key={current} step={current.split('/')[0] ?? ''} branch={branch} />
  if (!subject) return <Gone />
  return <SubjectPanel key={subject.id} subject={subject} />
}

/** What was selected is gone, such as after an undo: the panel closes. */
function Gone() {
  const store = useEditorStore()
  useEffect(() => store.getState().closePanel(), [store])
  return null
}

function SubjectPanel({ subject }: { subject: Step | Trigger }) {
  const { nodeType } = useDesk()
  const store = useEditorStore()
  const type = nodeType(subject.type)
  const tab = useEditor((s) => s.tab)
  const traced = useEditor((s) => s.trace !== undefined)
  const isTrigger = useEditor((s) => s.draft.definition.triggers?.some((t) => t.id === subject.id) ?? false)
  const tabs: PanelTab[] = [
    ...(traced ? (['run'] as const) : []),
    'setup',
    ...((type.fields ?? []).some((f) => f.tab === 'fields') ? (['fields'] as const) : []),
    'test',
    ...(isTrigger || type.ends ? [] : (['fails'] as const)),
  ]
  const shown = tab && tabs.includes(tab) ? tab : firstTab(tabs, type.fields ?? [])
  const props = useTabProps(subject)
  const counts = countByTab(props.problems, type.fields ?? [])
  const box = useKeysOfForm()
  return (
    <aside data-panel className={classes.panel} aria-label={words.panel.label} ref={box} tabIndex={-1}>
      <PanelHead icon={<StepIcon type={subject.type} />} kind={subject.name?.trim() ? type.name : type.group} name={stepName(subject, type.name)} own={subject.name} placeholder={type.name} onRename={(name) => props.onChange({ ...subject, name: name === type.name ? '' : name }, 'name')} />
      <Tabs value={shown} onChange={(value) => store.getState().setTab((value ?? 'setup') as PanelTab)} className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabList}>
          {tabs.map((id) => (
            <Tabs.Tab key={id} value={id} rightSection={counts[id] ? <span className={classes.count}>{counts[id]}</span> : undefined}>
              {words.panel.tabs[id]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.content}>
          <Boundary key={`${subject.id}/${shown}`} title={words.panelCrashed} help={words.crashedHelp}>
            <Suspense fallback={<Loader size="sm" m="lg" />}>
              <Tabs.Panel value="run">
                <RunTab id={subject.id} />
              </Tabs.Panel>
              <Tabs.Panel value="setup">
                <SetUpTab {...props} />
                <CommonFields subject={subject} isTrigger={isTrigger} onChange={props.onChange} />
              </Tabs.Panel>
              <Tabs.Panel value="fields">
                <FieldsTab {...props} />
              </Tabs.Panel>
              <Tabs.Panel value="test">
                <TestTab {...props} />
              </Tabs.Panel>
              <Tabs.Panel value="fails">
                <FailsTab {...props} />
              </Tabs.Panel>
            </Suspense>
          </Boundary>
        </div>
      </Tabs>
      <PanelFoot subject={subject.id} tabs={tabs} shown={shown} />
    </aside>
  )
}

/** Takes the keyboard as soon as a field is wanted: until the form is there, what is typed must not act on the canvas. */
function useKeysOfForm() {
  const box = useRef<HTMLElement>(null)
  const wanted = useEditor((s) => s.goTo?.pointer === FIRST_EMPTY && s.goTo)
  useLayoutEffect(() => {
    if (wanted && !box.current?.contains(document.activeElement)) box.current?.focus({ preventScroll: true })
  }, [wanted])
  return box
}

/** Where a step begins: at what there is to fill in. */
function firstTab(tabs: PanelTab[], fields: { tab?: string }[]): PanelTab {
  if (tabs[0] === 'run') return 'run'
  return tabs.includes('fields') && fields.every((f) => f.tab === 'fields') ? 'fields' : 'setup'
}

/** The way through the tabs. */
function PanelFoot({ subject, tabs, shown }: { subject: string; tabs: PanelTab[]; shown: PanelTab }) {
  const store = useEditorStore()
  const offer = useContactOffer(subject)
  const { setTab, fillIn, closePanel } = store.getState()
  const order: PanelTab[] = tabs.filter((t) => t !== 'run' && t !== 'fails')
  const next = order[order.indexOf(shown) + 1]
  if (shown === 'run' || shown === 'fails') return null
  const end = () => {
    offer?.decline()
    closePanel()
  }
  return (
    <>
      {offer && <ContactOffer {...offer} />}
      <footer className={classes.foot}>
        {shown !== 'test' && (
          <Button variant="default" leftSection={<IconFlask size={17} aria-hidden />} onClick={() => setTab('test')}>
            {words.panel.tabs.test}
          </Button>
        )}
        {next && next !== 'test' ? (
          <Button
            onClick={() => {
              setTab(next)
              fillIn()
            }}
          >
            {words.panel.next}
          </Button>
        ) : (
          <Button variant={offer ? 'default' : 'filled'} onClick={end}>
            {words.panel.done}
          </Button>
        )}
      </footer>
    </>
  )
}

interface HeadProps {
  icon: React.ReactNode
  kind: string
  name: string
  own: string | undefined
  placeholder: string
  onRename: (name: string) => void
}

/** Icon, name and kind, with the way out. */
export function PanelHead({ icon, kind, name, own, placeholder, onRename }: HeadProps) {
  const store = useEditorStore()
  const readOnly = useEditor((s) => s.readOnly)
  const wanted = useEditor((s) => s.goTo?.pointer === '/name' && s.goTo)
  // From the first moment on: what is typed right after F2 belongs to the name.
  const [editing, setEditing] = useState(Boolean(wanted))
  useEffect(() => {
    if (wanted) setEditing(true)
  }, [wanted])
  return (
    <div className={classes.head}>
      {icon}
      <div className={classes.headText}>
        {editing ? (
          <NameField value={own ?? ''} placeholder={placeholder} onKeep={onRename} onEnd={() => setEditing(false)} />
        ) : (
          <div className={classes.headLine}>
            <Title order={2} className={classes.name} title={name}>
              {name}
            </Title>
            {!readOnly && (
              <ActionIcon size="sm" aria-label={words.panel.rename} onClick={() => setEditing(true)}>
                <IconPencil size={15} aria-hidden />
              </ActionIcon>
            )}
          </div>
        )}
        <span className={classes.kind}>{kind}</span>
      </div>
      <Tooltip label={words.panel.close}>
        <ActionIcon size="lg" aria-label={words.panel.close} onClick={() => store.getState().closePanel()}>
          <IconX size={19} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function NameField({ value, placeholder, onKeep, onEnd }: { value: string; placeholder: string; onKeep: (name: string) => void; onEnd: () => void }) {
  const [typed, setTyped] = useState(value)
  const left = useRef(false)
  const end = (keep: boolean) => {
    if (left.current) return
    left.current = true
    if (keep && typed.trim() !== value) onKeep(typed.trim())
    onEnd()
  }
  return (
    <TextInput
      size="sm"
      aria-label={words.panel.name}
      placeholder={placeholder}
      value={typed}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end(true)
        if (event.key === 'Escape') {
          event.preventDefault()
          end(false)
        }
      }}
    />
  )
}

/** What the forms get, by their contract. */
function useTabProps(subject: Step | Trigger): TabProps {
  const desk = useDesk()
  const { workflow, problems } = useVerdict()
  const store = useEditorStore()
  const definition = useEditor((s) => s.draft.definition)
  const readOnly = useEditor((s) => s.readOnly)
  const goTo = useEditor((s) => s.goTo)
  const testNow = useEditor((s) => s.testNow)
  const navigate = useNavigate()
  const { ws, id, saver, nodeType } = desk
  const judged = useMemo(() => ownProblems(problems.get(subject.id) ?? []), [problems, subject.id])
  const pending = useEditor((s) => s.save.is === 'dirty' || s.save.is === 'saving')
  const own = useMemo(() => (pending ? standing(judged, storedSubject(workflow.definition, subject.id), subject) : judged), [pending, judged, workflow, subject])
  return {
    ws,
    workflow,
    definition,
    stepId: subject.id,
    nodeType: nodeType(subject.type),
    value: subject,
    onChange: (next, label) => {
      const op = isStepOf(store.getState(), next.id) ? ({ op: 'step', next: next as Step } as const) : ({ op: 'trigger', next } as const)
      store.getState().edit(op, label === undefined ? undefined : `${next.id}:${label}`)
    },
    problems: own,
    readOnly,
    goTo,
    testNow,
    save: saver.flush,
    showRun: (run) => void navigate({ to: '/w/$ws/workflows/$id', params: { ws, id }, search: { run } }),
    jump: (id, pointer) => {
      const { draft, showField } = store.getState()
      const found = findStep(draft.definition, id) ?? draft.definition.triggers?.find((t) => t.id === id)
      if (found) showField(id, pointer, tabOf(pointer, nodeType(found.type).fields ?? []))
    },
  }
}

const storedSubject = (definition: Partial<Definition> | undefined, id: string) =>
  findStep({ steps: definition?.steps ?? [] } as Definition, id) ?? definition?.triggers?.find((t) => t.id === id)

const isStepOf = (state: EditorState, id: string) => findStep(state.draft.definition, id) !== undefined

/** Pointers of the document as pointers within the step: "/definition/steps/0/params/email" gives "/params/email". */
function ownProblems(problems: Problem[]): Problem[] {
  return problems.map((p) => ({ ...p, pointer: withinStep(p.pointer ?? '') }))
}

export function withinStep(pointer: string): string {
  const parts = /^(?:\/definition)?\/(?:triggers|steps)\/\d+(.*)$/.exec(pointer)
  if (!parts) return pointer
  let rest = parts[1] ?? ''
  for (;;) {
    const deeper = /^\/(?:branches\/\d+\/steps|steps|on_error\/steps)\/\d+(.*)$/.exec(rest)
    if (!deeper) return rest
    rest = deeper[1] ?? ''
  }
}

/** How many problems stand under each tab. */
function countByTab(problems: Problem[], fields: { key: string; tab?: string }[]): Partial<Record<PanelTab, number>> {
  const counts: Partial<Record<PanelTab, number>> = {}
  for (const problem of problems) {
    if (isWarning(problem)) continue
    const tab = tabOf(problem.pointer ?? '', fields)
    counts[tab] = (counts[tab] ?? 0) + 1
  }
  return counts
}

/** The tab where a field is filled in. */
export function tabOf(pointer: string, fields: { key: string; tab?: string }[]): PanelTab {
  if (/^\/(retry|on_error|repeatable)/.test(pointer)) return 'fails'
  const key = /^\/params\/([^/]+)/.exec(pointer)?.[1]
  return fields.find((f) => f.key === key)?.tab === 'fields' ? 'fields' : 'setup'
}
