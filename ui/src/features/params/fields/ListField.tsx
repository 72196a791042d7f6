import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, isObject } from '../../mapping'
import { pointerTo } from '../../../lib/pointer'
import { partField, type Field } from '../field'
import { FieldList } from '../FieldList'
import { FieldView, type FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'
import classes from '../Params.module.css'
import { TagsField } from './TagsField'

/** Entries below each other; tags as tags. */
export function ListField(props: FieldProps) {
  if (props.field.key === 'tags' && props.field.item === 'text') return <TagsField {...props} />
  return (
    <Mappable {...props} tall>
      <Entries {...props} />
    </Mappable>
  )
}

/** A single value or a text with commas is a list, as the server reads it. */
export function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value.split(',').map((part) => part.trim()).filter(Boolean)
  return value === undefined || value === null ? [] : [value]
}

function Entries({ field, value, onChange, pointer, error, readOnly }: FieldProps) {
  const entries = entriesOf(value)
  const box = useRef<HTMLDivElement>(null)
  const set = (next: unknown[]) => onChange(next.length === 0 ? undefined : next)
  const change = (index: number, entry: unknown) => set(entries.map((e, i) => (i === index ? (entry ?? emptyEntry(field)) : e)))
  const full = field.max !== undefined && field.max !== null && entries.length >= field.max
  const add = () => {
    set([...entries, emptyEntry(field)])
    requestAnimationFrame(() => {
      const inputs = box.current?.querySelectorAll<HTMLElement>('[data-entry]')
      inputs?.[inputs.length - 1]?.querySelector<HTMLElement>('input, textarea, [contenteditable=true], [role=textbox]')?.focus()
    })
  }
  return (
    <fieldset className={classes.group} data-field={pointer} aria-describedby={error ? `${pointer}-error` : undefined}>
      <legend className={classes.legend}>
        {field.label}
        {field.required && <span aria-hidden> *</span>}
      </legend>
      {field.help && (
        <Text size="sm" c="dimmed" mb="xs">
          {field.help}
        </Text>
      )}
      {entries.length === 0 && Boolean(field.default) && (
        <Text size="sm" c="dimmed" mb="xs">
          {words.preset(entriesOf(field.default).map(asText).join(', '))}
        </Text>
      )}
      <div className={classes.rows} ref={box}>
        {entries.map((entry, index) => (
          <div key={index} className={classes.entry} data-entry>
            <Entry field={field} entry={entry} index={index} pointer={pointerTo(pointer, index)} onChange={(next) => change(index, next)} readOnly={readOnly} />
            {!readOnly && (
              <ActionIcon mt={4} onClick={() => set(entries.filter((_, i) => i !== index))} aria-label={words.remove(`${field.label}, ${words.entry(index + 1)}`)}>
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
        {!readOnly && !full && (
          <div>
            <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={add} aria-label={`${words.addEntry}: ${field.label}`}>
              {words.addEntry}
            </Button>
          </div>
        )}
      </div>
      {error && (
        <div className={classes.error} id={`${pointer}-error`}>
          {error}
        </div>
      )}
    </fieldset>
  )
}

const emptyEntry = (field: Field): unknown => (field.fields ? {} : '')

interface EntryProps {
  field: Field
  entry: unknown
  index: number
  pointer: string
  onChange: (entry: unknown) => void
  readOnly: boolean
}

function Entry({ field, entry, index, pointer, onChange }: EntryProps) {
  const label = `${field.label}, ${words.entry(index + 1)}`
  if (field.fields) {
    return (
      <fieldset className={classes.group} data-field={pointer}>
        <legend className={classes.legend}>{words.entry(index + 1)}</legend>
        <FieldList fields={field.fields} params={isObject(entry) ? entry : {}} pointer={pointer} onChange={onChange} />
      </fieldset>
    )
  }
  const item = partField(field.key, field.item ?? 'text', label, { no_map: field.no_map, ref: field.ref, example: field.example, options: field.options })
  return <FieldView field={item} value={entry} onChange={onChange} pointer={pointer} hideLabel />
}
