import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBold, IconItalic, IconLink, IconList } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, PillField, type TextEdit } from '../../mapping'
import type { FieldProps } from '../FieldView'
import classes from '../Params.module.css'
import { formatted, type Format } from './format'
import { LongTextField } from './LongTextField'

const TOOLS = [
  { format: 'bold', icon: IconBold },
  { format: 'italic', icon: IconItalic },
  { format: 'link', icon: IconLink },
  { format: 'list', icon: IconList },
] as const satisfies { format: Format; icon: unknown }[]

/** Formatted text, written as HTML with buttons for what is wanted most. It is never shown as part of this page. */
export function RichTextField(props: FieldProps) {
  const { field, value, onChange, pointer, error, readOnly, hideLabel } = props
  const edit = useRef<TextEdit>(null)
  if (field.no_map) return <LongTextField {...props} field={{ ...field, help: field.help ?? words.richHelp }} />
  const use = (format: Format) => edit.current?.change((text, from, to) => formatted(format, text, from, to))
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const format = ({ b: 'bold', i: 'italic' } as const)[event.key.toLowerCase()]
    if (!format || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !event.currentTarget.contains(event.target as Node)) return
    event.preventDefault()
    event.stopPropagation()
    use(format)
  }
  return (
    // Keys of the text within; the text itself is what people focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDownCapture={readOnly ? undefined : keys}>
      <PillField
        multiline
        edit={edit}
        above={!readOnly && <Tools label={field.label} onUse={use} />}
        value={asText(value)}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        label={field.label}
        hideLabel={hideLabel}
        help={field.help ?? words.richHelp}
        placeholder={field.example ?? asText(field.default)}
        required={field.required}
        error={error}
        readOnly={readOnly}
        pointer={pointer}
      />
    </div>
  )
}

/** The buttons: one stop for Tab, arrow keys within, as toolbars are used. */
function Tools({ label, onUse }: { label: string; onUse: (format: Format) => void }) {
  const [current, setCurrent] = useState(0)
  const bar = useRef<HTMLDivElement>(null)
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: TOOLS.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = (to + TOOLS.length) % TOOLS.length
    setCurrent(next)
    bar.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div ref={bar} role="toolbar" aria-label={words.rich.tools(label)} className={classes.toolbar} onKeyDown={keys}>
      {TOOLS.map(({ format, icon: Icon }, index) => (
        <Tooltip key={format} label={[words.rich[format], words.rich.keys[format]].filter(Boolean).join(' · ')} withinPortal={false}>
          <ActionIcon
            size="md"
            variant="subtle"
            color="gray"
            tabIndex={index === current ? 0 : -1}
            aria-label={`${words.rich[format]}: ${label}`}
            onFocus={() => setCurrent(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setCurrent(index)
              onUse(format)
            }}
          >
            <Icon size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
