import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { EditorView } from '@codemirror/view'
import { Button, Group, Popover, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { Modal } from '../../components/Modal'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { newEditor, put } from './editor'
import { mappingOf, parsePath, printPath } from './expression'
import { useMappingWorld, type MappingWorld } from './MappingScope'
import { Picker, type Picked } from './Picker'
import classes from './PillField.module.css'
import { Preview } from './Preview'
import { lookUp } from './sources'
import { parseTemplate } from './template'
import { glance, isObject } from './value'

interface Props {
  source: string
  onSave: (source: string) => void
  onClose: () => void
}

/** A formula with completion and its result as it is written. */
export function FormulaDialog(props: Props) {
  const [text, setText] = useState(props.source)
  return (
    <Modal opened onClose={props.onClose} changed={text !== props.source} title={words.formulaDialog.title} size="lg" zIndex={320}>
      <FormulaForm {...props} text={text} setText={setText} />
    </Modal>
  )
}

function FormulaForm({ source, text, setText, onSave, onClose }: Props & { text: string; setText: (text: string) => void }) {
  const world = useMappingWorld()
  const [picking, setPicking] = useState(false)
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const id = useId()
  const broken = parseTemplate(mappingOf(text)).fault !== undefined
  const knows = useRef(world)
  useEffect(() => {
    knows.current = world
  })

  useEffect(() => {
    if (!host.current) return
    const made = newEditor(host.current, {
      value: source,
      multiline: true,
      attributes: { 'aria-labelledby': `${id}-label`, spellcheck: 'false', autocorrect: 'off', 'data-autofocus': '' },
      readOnly: false,
      placeholder: '',
      onChange: setText,
      extensions: [autocompletion({ override: [(context) => complete(context, knows.current)], icons: false }), completionLook],
    })
    const inside = source.endsWith('()') ? source.length - 1 : source.length
    made.dispatch({ selection: { anchor: inside } })
    view.current = made
    const focus = requestAnimationFrame(() => made.focus())
    return () => {
      cancelAnimationFrame(focus)
      made.destroy()
    }
    // The dialog lives as long as one formula is edited.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const picked = (choice: Picked) => {
    setPicking(false)
    const main = view.current?.state.selection.main
    if (!view.current || !main) return
    put(view.current, main.from, main.to, 'path' in choice ? printPath(choice.path) : `${choice.fn.name}()`)
    view.current.focus()
  }

  return (
    <Stack gap="sm">
      <div>
        <Group justify="space-between" mb={4}>
          <Text id={`${id}-label`} size="sm" fw={550}>
            {words.formulaDialog.label}
          </Text>
          <Popover opened={picking} onChange={setPicking} position="bottom-end" shadow="lg" trapFocus returnFocus zIndex={330}>
            <Popover.Target>
              <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setPicking((o) => !o)}>
                {words.formulaDialog.insertValue}
              </Button>
            </Popover.Target>
            <Popover.Dropdown p={0}>
              <Picker onPick={picked} />
            </Popover.Dropdown>
          </Popover>
        </Group>
        <div ref={host} className={classes.formula} />
        <Text size="xs" c="dimmed" mt={4}>
          {words.formulaDialog.help}
        </Text>
      </div>
      <div aria-live="polite">
        {broken ? <Text c="var(--mantine-color-error)" size="sm">{words.field.faults[parseTemplate(mappingOf(text)).fault?.code ?? 'open']}</Text> : text.trim() !== '' && <Preview value={mappingOf(text)} formula />}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {words.formulaDialog.cancel}
        </Button>
        <Button disabled={broken || text.trim() === ''} onClick={() => onSave(text.trim())}>
          {words.formulaDialog.save}
        </Button>
      </Group>
    </Stack>
  )
}

/** Names behind a dot, and functions and roots elsewhere. */
function complete(context: CompletionContext, world: MappingWorld): CompletionResult | null {
  const path = context.matchBefore(/[\p{L}_][\p{L}\p{Nd}_.[\]"' -]*\.[\p{L}\p{Nd}_]*$/u)
  if (path) {
    const dot = path.text.lastIndexOf('.')
    const parsed = parsePath(path.text.slice(0, dot))
    const value = parsed && childrenOf(world, parsed)
    if (!parsed || !value) return null
    return {
      from: path.from + dot,
      options: Object.entries(value).map(([key, entry]) => ({ label: printPath(['', key]), detail: glance(entry, 24) })),
      validFor: /^[.[][^\s]*$/,
    }
  }
  const word = context.matchBefore(/[A-Za-z_]\w*$/)
  if (!word && !context.explicit) return null
  const roots: Completion[] = world.language.roots.map((root) => ({ label: root, detail: words.roots[root], boost: 1 }))
  const functions: Completion[] = world.language.functions.map((fn) => ({
    label: fn.name,
    detail: `(${fn.args.map((arg) => (arg.optional ? `[${arg.name}]` : arg.name)).join(', ')})`,
    info: `${fn.summary}\n${fn.example}`,
    apply: (view, _completion, from, to) => {
      view.dispatch({ changes: { from, to, insert: `${fn.name}()` }, selection: { anchor: from + fn.name.length + 1 } })
    },
  }))
  return { from: word?.from ?? context.pos, options: [...roots, ...functions], validFor: /^\w*$/ }
}

function childrenOf(world: MappingWorld, path: (string | number)[]): Record<string, unknown> | undefined {
  if (path.length === 1 && path[0] === 'steps') {
    return Object.fromEntries(world.sources.filter((s) => s.root[0] === 'steps').map((s) => [String(s.root[1]), s.value]))
  }
  const value = lookUp(world.sources, path)?.value
  return isObject(value) ? value : undefined
}

const completionLook = EditorView.theme({
  '.cm-tooltip': { border: '1px solid var(--line-strong)', borderRadius: '0.5rem', background: 'var(--mantine-color-body)', color: 'var(--mantine-color-text)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem', maxHeight: '14rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--nav-active)', color: 'var(--nav-active-ink)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--mantine-color-dimmed)', marginLeft: '0.75rem' },
  '.cm-completionInfo': { padding: '0.375rem 0.625rem', whiteSpace: 'pre-line', fontFamily: 'var(--mantine-font-family)' },
})
