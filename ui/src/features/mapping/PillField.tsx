import { ActionIcon, Anchor, Input, Popover, Tooltip } from '@mantine/core'
import { EditorView, placeholder as showPlaceholder } from '@codemirror/view'
import { IconMathFunction, IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState, type ReactNode, type Ref } from 'react'
import { useAnnounce } from '../../components/Announcer'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { describe } from './describe'
import { attributesOf, changing, newEditor, put, readOnlyOf, takeValue } from './editor'
import { mappingOf, mappingTo } from './expression'
import { useMappingWorld } from './MappingScope'
import { Picker, type Picked } from './Picker'
import classes from './PillField.module.css'
import { PillMenu } from './PillMenu'
import { pills, redescribe, spoken, type PillAt } from './pills'
import { Preview } from './Preview'
import { onlyMapping, parseTemplate } from './template'
import { opener, type SlashRule } from './trigger'

/** Completion is heavy, and few people write formulas. */
const FormulaDialog = lazy(async () => ({ default: (await import('./FormulaDialog')).FormulaDialog }))

export interface PillFieldProps {
  value: string
  onChange: (value: string) => void
  label: string
  /** For a field whose label stands elsewhere. */
  hideLabel?: boolean
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  placeholder?: string
  multiline?: boolean
  /** Monospaced, as code is written. */
  code?: boolean
  slash?: SlashRule
  readOnly?: boolean
  preview?: boolean
  /** Stands beside others in one line: its tools show only while it is used. */
  compact?: boolean
  /** Stands between the label and the text, such as a toolbar. */
  above?: ReactNode
  /** Filled with what changes the text from outside. */
  edit?: Ref<TextEdit>
  /** The field's pointer, by which the panel finds it. */
  pointer?: string
}

/** Changes the text where the cursor stands, and gives it the keyboard. */
export interface TextEdit {
  change: (by: (text: string, from: number, to: number) => Change) => void
}

/** What takes the place of a range, and what is selected then, both in the new text. */
export interface Change {
  from: number
  to: number
  insert: string
  select: [number, number]
}

/** Where a popover hangs, within the field's box. */
interface Spot {
  left: number
  top: number
  height: number
}

type Open =
  /** `typed` says that a sign in the text opened it, so that typing may still go on there. */
  | { what: 'picker'; spot: Spot; from: number; to: number; typed?: boolean }
  | { what: 'menu'; spot: Spot; pill: PillAt }
  | { what: 'formula'; source: string; from: number; to: number }

/** A text field in which mappings are pills. */
export function PillField(props: PillFieldProps) {
  const { value, onChange, label, hideLabel, help, error, required, multiline = false, code = false, slash = 'opens', readOnly = false, preview = true, compact = false, pointer } = props
  const world = useMappingWorld()
  const announce = useAnnounce()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const [open, setOpen] = useState<Open>()
  const fault = parseTemplate(value).fault
  const attributes = {
    ...(hideLabel ? { 'aria-label': label } : { 'aria-labelledby': `${id}-label` }),
    ...((help || error) && { 'aria-describedby': [help && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ') }),
    'aria-multiline': String(multiline),
    ...((error || fault) && { 'aria-invalid': 'true' }),
    ...(required && { 'aria-required': 'true' }),
    ...(code && { spellcheck: 'false', autocorrect: 'off' }),
  }
  const placeholder = props.placeholder || (multiline ? (slash === 'opens' ? words.field.hint : words.field.hintNoSlash) : '')
  const now = useRef({ onChange, slash, announce })
  useEffect(() => {
    now.current = { onChange, slash, announce }
  })

  const spotOf = (rect: { left: number; top: number; bottom: number } | null): Spot => {
    const outer = box.current?.getBoundingClientRect()
    if (!rect || !outer) return { left: 8, top: 0, height: 36 }
    return { left: rect.left - outer.left, top: rect.top - outer.top, height: rect.bottom - rect.top }
  }

  // One editor as long as the field lives; what changes is handed over below.
  useLayoutEffect(() => {
    if (!host.current) return
    const made = newEditor(host.current, {
      value,
      multiline,
      attributes,
      readOnly,
      placeholder,
      onChange: (next) => now.current.onChange(next),
      extensions: [
        pills({
          onMenu: (pill, at) => setOpen({ what: 'menu', pill, spot: spotOf(at.getBoundingClientRect()) }),
          onChoose: (info) => now.current.announce(words.pill.open(spoken(info))),
        }),
        EditorView.updateListener.of((update) => {
          if (!update.transactions.some((tr) => tr.isUserEvent('input.type'))) return
          const { head } = update.state.selection.main
          const length = opener(update.state.sliceDoc(0, head), now.current.slash)
          if (length > 0) setOpen({ what: 'picker', typed: true, from: head - length, to: head, spot: spotOf(update.view.coordsAtPos(head)) })
        }),
      ],
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = undefined
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [multiline])

  useImperativeHandle(props.edit, () => ({
    change: (by) => {
      const { current } = view
      if (!current || current.state.readOnly) return
      const { from, to } = current.state.selection.main
      const { insert, select, ...range } = by(current.state.doc.toString(), from, to)
      current.dispatch({ changes: { ...range, insert }, selection: { anchor: select[0], head: select[1] }, scrollIntoView: true, userEvent: 'input.format' })
      current.focus()
    },
  }))
  useEffect(() => {
    if (view.current) takeValue(view.current, value)
  }, [value])
  useEffect(() => {
    view.current?.dispatch({ effects: redescribe.of((mapping) => describe(mapping, world)) })
  }, [world, multiline])
  const attributesKey = JSON.stringify(attributes)
  useEffect(() => {
    view.current?.dispatch({
      effects: [
        changing.attributes.reconfigure(attributesOf(JSON.parse(attributesKey) as Record<string, string>)),
        changing.readOnly.reconfigure(readOnlyOf(readOnly)),
        changing.placeholder.reconfigure(showPlaceholder(placeholder)),
      ],
    })
  }, [attributesKey, readOnly, placeholder])

  const close = () => {
    setOpen(undefined)
    view.current?.focus()
  }
  /** A popover that goes away must not take the dialog with it that was opened in its place. */
  const dismiss = () => {
    setOpen((last) => (last?.what === 'formula' ? last : undefined))
    view.current?.focus()
  }
  const insert = (from: number, to: number, text: string) => {
    if (view.current) put(view.current, from, to, text)
    close()
  }
  const picked = (choice: Picked, from: number, to: number) => {
    if ('path' in choice) insert(from, to, mappingTo(choice.path))
    else setOpen({ what: 'formula', source: `${choice.fn.name}()`, from, to })
  }
  /** What went into the text after the sign that opened the picker; the choice takes its place too. */
  const takeTyped = (after: number): string => {
    const head = view.current?.state.selection.main.head ?? after
    if (head <= after) return ''
    setOpen((last) => (last?.what === 'picker' && last.to === after ? { ...last, to: head } : last))
    return view.current?.state.sliceDoc(after, head) ?? ''
  }
  const selection = () => {
    const main = view.current?.state.selection.main
    return { from: main?.from ?? value.length, to: main?.to ?? value.length }
  }
  const openPicker = () => {
    const { from, to } = selection()
    setOpen({ what: 'picker', from, to, spot: spotOf(view.current?.coordsAtPos(to) ?? null) })
  }
  const openFormula = () => {
    const only = onlyMapping(value)
    setOpen(only === undefined ? { what: 'formula', source: '', ...selection() } : { what: 'formula', source: only, from: 0, to: value.length })
  }
  const changePill = (pill: PillAt, source: string) => {
    if (!view.current) return
    const text = mappingOf(source)
    view.current.dispatch({ changes: { from: pill.from, to: pill.to, insert: text }, selection: { anchor: pill.from, head: pill.from + text.length } })
    setOpen((last) => (last?.what === 'menu' ? { ...last, pill: { from: pill.from, to: pill.from + text.length, source: ` ${source} ` } } : last))
  }
  const showFault = () => {
    if (!fault || !view.current) return
    view.current.focus()
    view.current.dispatch({ selection: { anchor: fault.from, head: fault.to }, scrollIntoView: true })
  }

  return (
    <Input.Wrapper
      label={
        hideLabel ? undefined : (
          <span id={`${id}-label`} className={classes.label} onClick={() => view.current?.focus()}>
            {label}
          </span>
        )
      }
      labelElement="div"
      withAsterisk={required}
      description={help}
      error={error}
      descriptionProps={{ id: `${id}-about` }}
      errorProps={{ id: `${id}-error` }}
      data-field={pointer}
    >
      {props.above}
      <div ref={box} className={[classes.box, compact && classes.compact, (error || fault) && classes.invalid, readOnly && classes.readOnly].filter(Boolean).join(' ')} style={{ marginTop: hideLabel ? 0 : 4 }}>
        <div ref={host} className={[classes.editor, multiline && classes.tall, code && classes.mono].filter(Boolean).join(' ')} />
        {!readOnly && (
          <div className={classes.tools}>
            <Tooltip label={words.field.insert} withinPortal={false}>
              <ActionIcon size="md" onMouseDown={(e) => e.preventDefault()} onClick={openPicker} aria-label={`${words.field.insert}: ${label}`}>
                <IconPlus size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={words.field.formula} withinPortal={false}>
              <ActionIcon size="md" onMouseDown={(e) => e.preventDefault()} onClick={openFormula} aria-label={`${words.field.formula}: ${label}`}>
                <IconMathFunction size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
        )}
        {open && open.what !== 'formula' && (
          <Popover opened withRoles={false} onDismiss={dismiss} position="bottom-start" shadow="lg" trapFocus returnFocus={false} withinPortal middlewares={{ flip: true, shift: { padding: 8 } }} zIndex={310}>
            <Popover.Target>
              <span className={classes.anchor} style={{ left: open.spot.left, top: open.spot.top, height: open.spot.height, width: 1 }} />
            </Popover.Target>
            <Popover.Dropdown p={0} role="dialog" aria-label={open.what === 'picker' ? words.picker.title : words.pill.menu(describe(open.pill.source, world).label)}>
              {open.what === 'picker' ? (
                <Picker onPick={(choice) => picked(choice, open.from, open.to)} typedAhead={open.typed ? () => takeTyped(open.to) : undefined} />
              ) : (
                <PillMenu
                  source={open.pill.source}
                  onChange={(source) => changePill(open.pill, source)}
                  onPickAnother={() => setOpen({ what: 'picker', from: open.pill.from, to: open.pill.to, spot: open.spot })}
                  onEdit={() => setOpen({ what: 'formula', source: open.pill.source.trim(), from: open.pill.from, to: open.pill.to })}
                  onRemove={() => insert(open.pill.from, open.pill.to, '')}
                  onClose={close}
                />
              )}
            </Popover.Dropdown>
          </Popover>
        )}
        {open?.what === 'formula' && (
          <Suspense>
            <FormulaDialog source={open.source} onClose={close} onSave={(source) => insert(open.from, open.to, mappingOf(source))} />
          </Suspense>
        )}
      </div>
      {fault && (
        <div className={classes.faultNote} role="alert">
          {words.field.faults[fault.code]}{' '}
          <Anchor component="button" type="button" size="sm" underline="always" onClick={showFault}>
            {words.field.jump}
          </Anchor>
        </div>
      )}
      {preview && !fault && <Preview value={value} />}
    </Input.Wrapper>
  )
}
