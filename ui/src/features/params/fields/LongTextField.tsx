import { Textarea } from '@mantine/core'
import { asText, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'

/** Text of several lines. */
export function LongTextField({ field, value, onChange, pointer, error, readOnly, hideLabel }: FieldProps) {
  const text = asText(value)
  const change = (next: string) => onChange(next === '' ? undefined : next)
  if (field.no_map) {
    return (
      <Textarea label={hideLabel ? undefined : field.label} aria-label={hideLabel ? field.label : undefined} description={field.help} placeholder={field.example} required={field.required} value={text} onChange={(e) => change(e.currentTarget.value)} error={error} readOnly={readOnly} autosize minRows={4} maxRows={16} data-field={pointer} />
    )
  }
  return (
    <PillField multiline value={text} onChange={change} label={field.label} hideLabel={hideLabel} help={field.help} placeholder={field.example ?? asText(field.default)} required={field.required} error={error} readOnly={readOnly} pointer={pointer} />
  )
}
