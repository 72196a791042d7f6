import { TextInput } from '@mantine/core'
import { asText, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { ChoicesField } from './ChoicesField'

/** A line of text. An empty one is no value. */
export function TextField(props: FieldProps) {
  return props.field.choices ? <ChoicesField {...props} /> : <Line {...props} />
}

function Line({ field, value, onChange, pointer, error, readOnly, hideLabel }: FieldProps) {
  const text = asText(value)
  const change = (next: string) => onChange(next === '' ? undefined : next)
  if (field.no_map) {
    return (
      <TextInput
        label={hideLabel ? undefined : field.label}
        aria-label={hideLabel ? field.label : undefined}
        description={field.help}
        placeholder={field.example ?? asText(field.default)}
        required={field.required}
        value={text}
        onChange={(e) => change(e.currentTarget.value)}
        error={error}
        readOnly={readOnly}
        data-field={pointer}
        autoComplete="off"
      />
    )
  }
  return (
    <PillField value={text} onChange={change} label={field.label} hideLabel={hideLabel} help={field.help} placeholder={field.example ?? asText(field.default)} required={field.required} error={error} readOnly={readOnly} pointer={pointer} />
  )
}
