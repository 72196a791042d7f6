import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { parseJson } from '../../../lib/json'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/

/** What a person typed as a number, exactly; the text itself while it is none. */
function numberOf(text: string): unknown {
  const plain = text.trim().replace(',', '.')
  return NUMBER.test(plain) ? parseJson(plain) : text
}

/** A number, of any size. */
export function NumberField(props: FieldProps) {
  const { field, value, onChange, error, readOnly, hideLabel } = props
  const stored = asText(value)
  const [text, setText] = useState(stored)
  useEffect(() => setText((last) => (asText(numberOf(last)) === stored ? last : stored)), [stored])
  const bad = text !== '' && typeof numberOf(text) === 'string' ? words.number : undefined
  return (
    <Mappable {...props}>
      <TextInput
        inputMode="decimal"
        label={hideLabel ? undefined : field.label}
        aria-label={hideLabel ? field.label : undefined}
        description={field.help}
        placeholder={asText(field.default) || field.example}
        required={field.required}
        value={text}
        onChange={(e) => {
          const next = e.currentTarget.value
          setText(next)
          onChange(next.trim() === '' ? undefined : numberOf(next))
        }}
        error={bad ?? error}
        readOnly={readOnly}
        autoComplete="off"
      />
    </Mappable>
  )
}
