import { Input, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { paramsWords as words } from '../../../lib/text/en/params'
import { asText, isObject } from '../../mapping'
import { pointerTo } from '../../../lib/pointer'
import { partField } from '../field'
import type { FieldProps } from '../FieldView'
import { isMapped, Mappable } from '../Mappable'
import classes from '../Params.module.css'

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'AUD', 'CAD', 'JPY', 'BRL', 'INR', 'MXN', 'NZD', 'PLN', 'SEK', 'ZAR']

/** Digits of the smallest unit: 2 for dollars, 0 for yen. */
function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** 4900 as "49.00". */
const toMajor = (minor: unknown, digits: number): string => {
  return typeof minor === 'number' && Number.isInteger(minor) ? (minor / 10 ** digits).toFixed(digits) : asText(minor)
}

/** "49.9" as 4990; undefined for what is no amount. */
function toMinor(text: string, digits: number): number | undefined {
  const plain = text.trim().replace(',', '.')
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined
  const minor = Math.round(Number(plain) * 10 ** digits)
  return Number.isSafeInteger(minor) ? minor : undefined
}

/** An amount with its currency; stored in the smallest unit. */
export function MoneyField(props: FieldProps) {
  const { field, value, onChange, pointer, error, readOnly } = props
  const money = isObject(value) ? value : {}
  const currency = asText(money.currency)
  const digits = digitsOf(currency)
  const shown = toMajor(money.amount, digits)
  const [text, setText] = useState(shown)
  useEffect(() => setText((last) => (last === money.amount || toMinor(last, digits) === money.amount ? last : shown)), [shown, digits, money.amount])
  if (isMapped(value)) return <Mappable {...props}>{null}</Mappable>
  const change = (part: Record<string, unknown>) => {
    const next = { ...money, ...part }
    const empty = asText(next.amount) === '' && asText(next.currency) === ''
    onChange(empty ? undefined : next)
  }
  const amount = partField('amount', 'number', words.amount, { help: isMapped(money.amount) ? words.cents : undefined })
  return (
    <Input.Wrapper label={field.label} labelElement="div" description={field.help} withAsterisk={field.required} error={error} data-field={pointer}>
      <div className={classes.two} style={{ marginTop: 4 }}>
        <Mappable field={amount} value={money.amount} onChange={(a) => change({ amount: a })} pointer={pointerTo(pointer, 'amount')} readOnly={readOnly} hideLabel>
          <TextInput
            inputMode="decimal"
            aria-label={`${field.label}: ${words.amount}`}
            placeholder="49.00"
            value={text}
            onChange={(e) => {
              setText(e.currentTarget.value)
              change({ amount: e.currentTarget.value.trim() === '' ? undefined : (toMinor(e.currentTarget.value, digits) ?? e.currentTarget.value) })
            }}
            error={text !== '' && toMinor(text, digits) === undefined ? words.number : undefined}
            readOnly={readOnly}
            autoComplete="off"
          />
        </Mappable>
        <Mappable field={partField('currency', 'text', words.currency)} value={money.currency} onChange={(c) => change({ currency: c })} pointer={pointerTo(pointer, 'currency')} readOnly={readOnly} hideLabel>
          <TextInput
            aria-label={`${field.label}: ${words.currency}`}
            placeholder="USD"
            value={currency}
            onChange={(e) => change({ currency: e.currentTarget.value.toUpperCase().slice(0, 3) || undefined })}
            list="currencies"
            readOnly={readOnly}
            autoComplete="off"
          />
        </Mappable>
        <datalist id="currencies">
          {CURRENCIES.map((c) => (
            <option key={c} value={c} />
          ))}
        </datalist>
      </div>
    </Input.Wrapper>
  )
}
