import { paramsWords as words } from '../../../lib/text/en/params'
import { LongTextField } from './LongTextField'
import type { FieldProps } from '../FieldView'

/** Formatted text: HTML, written by hand. It is never shown as part of this page. */
export function RichTextField(props: FieldProps) {
  return <LongTextField {...props} field={{ ...props.field, help: props.field.help ?? words.richHelp }} />
}
