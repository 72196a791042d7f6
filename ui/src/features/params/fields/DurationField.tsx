import { Input, NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { Mappable } from '../Mappable'
import classes from '../Params.module.css'

const UNITS = Object.entries(words.units).map(([value, label]) => ({ value, label }))
const SPELLED: Record<string, string> = { sec: 's', second: 's', seconds: 's', min: 'm', minute: 'm', minutes: 'm', hr: 'h', hour: 'h', hours: 'h', day: 'd', days: 'd', week: 'w', weeks: 'w' }

/** "10m" or "3 days" as number and unit; undefined for what has several parts. */
export function lengthOf(text: string): { count: string; unit: string } | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text)
  if (!match?.[1]) return undefined
  const word = (match[2] ?? '').toLowerCase()
  const unit = word === '' ? 's' : (SPELLED[word] ?? word)
  return unit in words.units ? { count: match[1], unit } : undefined
}

/** A length of time, as a number with its unit. */
export function DurationField(props: FieldProps) {
  const { field, value, onChange, error, readOnly } = props
  const text = asText(value)
  const preset = lengthOf(asText(field.default))
  const length = lengthOf(text)
  const [unit, setUnit] = useState(length?.unit ?? preset?.unit ?? 'd')
  useEffect(() => {
    if (length) setUnit(length.unit)
  }, [length?.unit, length])
  const own = text !== '' && !length
  const change = (count: string, u: string) => onChange(count.trim() === '' ? undefined : count.trim() + u)
  return (
    <Mappable {...props}>
      <Input.Wrapper label={field.label} labelElement="div" description={field.help} withAsterisk={field.required} error={error}>
        {own ? (
          <TextInput mt={4} aria-label={field.label} value={text} readOnly={readOnly} onChange={(e) => onChange(e.currentTarget.value || undefined)} />
        ) : (
          <div className={classes.two} style={{ marginTop: 4 }}>
            <TextInput
              inputMode="decimal"
              aria-label={`${field.label}: ${words.length}`}
              placeholder={preset?.count ?? lengthOf(field.example ?? '')?.count}
              value={length?.count ?? ''}
              readOnly={readOnly}
              onChange={(e) => change(e.currentTarget.value, unit)}
              autoComplete="off"
            />
            <NativeSelect
              aria-label={`${field.label}: ${words.unit}`}
              data={UNITS}
              value={unit}
              disabled={readOnly}
              onChange={(e) => {
                setUnit(e.currentTarget.value)
                if (length) change(length.count, e.currentTarget.value)
              }}
            />
          </div>
        )}
      </Input.Wrapper>
    </Mappable>
  )
}
