import { Input, TextInput } from '@mantine/core'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText } from '../../mapping'
import type { FieldProps } from '../FieldView'
import { isMapped, Mappable } from '../Mappable'
import classes from '../Params.module.css'

const pad = (n: number) => String(n).padStart(2, '0')

/** A stored date in the reader's zone; a day without a time stays a day. */
function partsOf(value: string): { day: string; time: string } | undefined {
  if (value === '') return { day: '', time: '' }
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value, time: '' }
  const date = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value.replace(' ', 'T')}Z`)
  if (Number.isNaN(date.getTime())) return undefined
  return { day: `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`, time: `${pad(date.getHours())}:${pad(date.getMinutes())}` }
}

/** A day, or a moment written in UTC. */
function stored(day: string, time: string): string | undefined {
  if (day === '') return undefined
  if (time === '') return day
  const date = new Date(`${day}T${time}`)
  return Number.isNaN(date.getTime()) ? day : date.toISOString().replace('.000Z', 'Z')
}

/** A date, with a time when one is given. */
export function DateField(props: FieldProps) {
  const { field, value, onChange, error, readOnly } = props
  const text = asText(value)
  const parts = isMapped(value) ? undefined : partsOf(text)
  return (
    <Mappable {...props}>
      <Input.Wrapper label={field.label} labelElement="div" description={field.help} withAsterisk={field.required} error={error}>
        <div className={classes.two} style={{ marginTop: 4 }}>
          {parts ? (
            <>
              <TextInput type="date" aria-label={`${field.label}: ${words.date}`} value={parts.day} readOnly={readOnly} onChange={(e) => onChange(stored(e.currentTarget.value, parts.time))} />
              <TextInput type="time" aria-label={`${field.label}: ${words.time}`} value={parts.time} readOnly={readOnly} disabled={parts.day === ''} onChange={(e) => onChange(stored(parts.day, e.currentTarget.value))} />
            </>
          ) : (
            <TextInput aria-label={field.label} value={text} readOnly={readOnly} onChange={(e) => onChange(e.currentTarget.value || undefined)} />
          )}
        </div>
      </Input.Wrapper>
    </Mappable>
  )
}
