import { asText, PillField } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { TextField } from './TextField'

/** A web address; a slash in it is a slash. */
export function UrlField(props: FieldProps) {
  const { field, value, onChange, pointer, error, readOnly, hideLabel } = props
  if (field.no_map) return <TextField {...props} />
  return (
    <PillField slash="text" value={asText(value)} onChange={(next) => onChange(next.trim() === '' ? undefined : next)} label={field.label} hideLabel={hideLabel} help={field.help} placeholder={field.example} required={field.required} error={error} readOnly={readOnly} pointer={pointer} />
  )
}
