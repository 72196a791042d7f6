import { ActionIcon, Button, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, contactFieldsQuery, isObject, PillField } from '../../mapping'
import { pointerTo } from '../../../lib/pointer'
import type { FieldProps } from '../FieldView'
import { sentencesAt, useForm } from '../Form'
import { printJsonTemplate, readJsonTemplate } from '../jsonTemplate'
import { Mappable } from '../Mappable'
import classes from '../Params.module.css'

/** Names with values. */
export function RowsField(props: FieldProps) {
  return (
    <Mappable {...props} tall>
      <fieldset className={classes.group} data-field={props.pointer}>
        <legend className={classes.legend}>
          {props.field.label}
          {props.field.required && <span aria-hidden> *</span>}
        </legend>
        {props.field.help && (
          <Text size="sm" c="dimmed" mb="xs">
            {props.field.help}
          </Text>
        )}
        <Rows {...props} />
        {props.error && <div className={classes.error}>{props.error}</div>}
      </fieldset>
    </Mappable>
  )
}

interface Row {
  name: string
  value: unknown
}

const rowsOf = (value: unknown): Row[] => (isObject(value) ? Object.entries(value).map(([name, v]) => ({ name, value: v })) : [])

/** Rows as an object; those without a name are only on the screen yet. */
const objectOf = (rows: Row[]): Record<string, unknown> => Object.fromEntries(rows.filter((row) => row.name !== '').map((row) => [row.name, row.value]))

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The input of a row's value. */
const VALUES = 'input:not([data-row-name]), [role=textbox]'

/** The rows themselves, also for data of a request's body. */
export function Rows({ field, value, onChange, pointer, readOnly }: FieldProps) {
  const { problems, scope } = useForm()
  const [rows, setRows] = useState(() => rowsOf(value))
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const ofContact = field.key === 'fields'
  const { data } = useQuery({ ...contactFieldsQuery(scope.ws), enabled: ofContact })
  const own = ofContact ? data : undefined
  useEffect(() => {
    setRows((last) => (same(objectOf(last), isObject(value) ? value : {}) ? last : rowsOf(value)))
  }, [value])
  const set = (next: Row[]) => {
    setRows(next)
    const object = objectOf(next)
    onChange(Object.keys(object).length === 0 ? undefined : object)
  }
  const change = (index: number, part: Partial<Row>) => set(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))
  const add = () => {
    flushSync(() => setRows([...rows, { name: '', value: '' }])) // what is typed next belongs to it
    const names = box.current?.querySelectorAll<HTMLInputElement>('[data-row-name]')
    names?.[names.length - 1]?.focus()
  }
  /** Enter leads from the name to the value and, like Tab, from the last value to another row. */
  const keys = (event: KeyboardEvent<HTMLDivElement>, index: number) => {
    const { target, currentTarget } = event
    if (readOnly || event.nativeEvent.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    // Events of the picker come through here as well: it belongs to the field, but lies elsewhere.
    if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return
    const inName = target.matches('[data-row-name]')
    if (!inName && !(target.matches(VALUES) && target.getAttribute('aria-multiline') !== 'true')) return
    const goesOn = index === rows.length - 1 && rows[index]?.name !== ''
    if (event.key === 'Enter' && inName) currentTarget.querySelector<HTMLElement>(VALUES)?.focus()
    else if (!inName && goesOn && (event.key === 'Enter' || event.key === 'Tab')) add()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes.rows} ref={box}>
      {rows.map((row, index) => {
        const at = pointerTo(pointer, row.name)
        const twice = row.name !== '' && rows.findIndex((r) => r.name === row.name) < index
        return (
          <div key={index} className={classes.pair} onKeyDownCapture={(event) => keys(event, index)}>
            <TextInput
              data-row-name
              aria-label={`${field.label}: ${words.nameOf(index + 1)}`}
              placeholder={words.name}
              value={row.name}
              error={twice ? words.sameName : undefined}
              onChange={(e) => change(index, { name: e.currentTarget.value })}
              list={own ? `${id}-names` : undefined}
              readOnly={readOnly}
              autoComplete="off"
            />
            <RowValue row={row} noMap={field.no_map === true} label={`${field.label}: ${words.valueOf(row.name)}`} pointer={at} error={sentencesAt(problems, at)} onChange={(next) => change(index, { value: next })} readOnly={readOnly} />
            {!readOnly && (
              <ActionIcon mt={4} onClick={() => set(rows.filter((_, i) => i !== index))} aria-label={words.remove(row.name || words.entry(index + 1))}>
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        )
      })}
      {own && (
        <datalist id={`${id}-names`}>
          {own.map((f) => (
            <option key={f.key} value={f.key} label={f.label} />
          ))}
        </datalist>
      )}
      {!readOnly && (
        <div>
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={add} aria-label={`${words.addRow}: ${field.label}`}>
            {words.addRow}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ValueProps {
  row: Row
  noMap: boolean
  label: string
  pointer: string
  error?: string
  onChange: (value: unknown) => void
  readOnly: boolean
}

/** A row's value: text as text; numbers, lists and objects as the JSON that they are. */
function RowValue({ row, noMap, label, pointer, error, onChange, readOnly }: ValueProps) {
  const plain = typeof row.value === 'string' || row.value === undefined
  const [text, setText] = useState(() => (plain ? asText(row.value) : printJsonTemplate(row.value)))
  const stored = plain ? asText(row.value) : printJsonTemplate(row.value)
  useEffect(() => {
    setText((last) => {
      const read = plain ? undefined : readJsonTemplate(last)
      return read && 'value' in read && printJsonTemplate(read.value) === stored ? last : stored
    })
  }, [stored, plain])
  const change = (next: string) => {
    setText(next)
    if (plain) return onChange(next)
    const read = readJsonTemplate(next)
    onChange('value' in read ? read.value : next)
  }
  if (noMap) return <TextInput aria-label={label} placeholder={words.value} value={text} onChange={(e) => change(e.currentTarget.value)} error={error} readOnly={readOnly} data-field={pointer} autoComplete="off" />
  return <PillField hideLabel compact label={label} placeholder={words.value} value={text} onChange={change} error={error} readOnly={readOnly} pointer={pointer} multiline={!plain} code={!plain} slash={plain ? 'opens' : 'text'} />
}
