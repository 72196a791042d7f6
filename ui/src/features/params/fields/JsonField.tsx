import { Input, SegmentedControl, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, isObject, onlyMapping, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { printJsonTemplate, readJsonTemplate } from '../jsonTemplate'
import classes from '../Params.module.css'
import { Rows } from './RowsField'

type Mode = 'fields' | 'json' | 'text'

/** Rows show objects only; anything else is shown as what it is. */
function modeOf(value: unknown): Mode {
  if (value === undefined || value === null) return 'fields'
  if (typeof value === 'string') return onlyMapping(value) === undefined && /^\s*[[{](?!\{)/.test(value) ? 'json' : 'text'
  return isObject(value) ? 'fields' : 'json'
}

/** Any data: as fields, as JSON, or as a text or a single value. */
export function JsonField(props: FieldProps) {
  const { field, value, onChange, pointer, error, readOnly } = props
  const [mode, setMode] = useState<Mode>(() => modeOf(value))
  const fitting = mode === 'fields' && value !== undefined && value !== null && !isObject(value) ? modeOf(value) : mode
  const change = (next: Mode) => {
    if (next === 'fields' && !isObject(value)) {
      const read = typeof value === 'string' ? readJsonTemplate(value) : { value }
      onChange('value' in read && isObject(read.value) ? read.value : undefined)
    }
    if (next === 'text' && typeof value !== 'string') onChange(value === undefined ? undefined : printJsonTemplate(value))
    if (next === 'json' && typeof value === 'string') {
      const read = readJsonTemplate(value)
      if ('value' in read) onChange(read.value)
    }
    setMode(next)
  }
  return (
    <fieldset className={classes.group} data-field={pointer}>
      <legend className={classes.legend}>
        {field.label}
        {field.required && <span aria-hidden> *</span>}
      </legend>
      {field.help && (
        <Text size="sm" c="dimmed" mb="xs">
          {field.help}
        </Text>
      )}
      {!readOnly && (
        <SegmentedControl
          size="xs"
          mb="xs"
          aria-label={`${field.label}: ${words.json.mode}`}
          value={fitting}
          onChange={(next) => change(next as Mode)}
          data={[
            { value: 'fields', label: words.json.fields },
            { value: 'json', label: words.json.json },
            { value: 'text', label: words.json.text },
          ]}
        />
      )}
      {fitting === 'fields' && <Rows {...props} />}
      {fitting === 'json' && <JsonText {...props} />}
      {fitting === 'text' && <PillField hideLabel multiline label={field.label} value={asText(value)} onChange={(next) => onChange(next === '' ? undefined : next)} placeholder={field.example} readOnly={readOnly} />}
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </fieldset>
  )
}

/** JSON as text; what cannot be read yet stays on the screen and is not stored. */
function JsonText({ field, value, onChange, readOnly }: FieldProps) {
  const stored = value === undefined ? '' : typeof value === 'string' && onlyMapping(value) === undefined && modeOf(value) === 'json' ? value : printJsonTemplate(value)
  const [text, setText] = useState(stored)
  useEffect(() => {
    setText((last) => {
      const read = readJsonTemplate(last)
      return 'value' in read && printJsonTemplate(read.value) === stored ? last : stored
    })
  }, [stored])
  const read = text.trim() === '' ? undefined : readJsonTemplate(text)
  const change = (next: string) => {
    setText(next)
    if (next.trim() === '') return onChange(undefined)
    const parsed = readJsonTemplate(next)
    if ('value' in parsed) onChange(parsed.value)
  }
  const bad = read && 'error' in read ? `${words.json.unreadable} ${read.error === 'braces' ? words.json.braces : read.error}` : undefined
  return <PillField hideLabel multiline code slash="text" label={field.label} value={text} onChange={change} error={bad} readOnly={readOnly} preview={false} placeholder={field.example ?? '{\n  "name": "…"\n}'} />
}
