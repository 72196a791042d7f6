import { useMemo, type ReactNode } from 'react'
import { ownTimezone, timezones } from '../lib/places'
import { common } from '../lib/text/en/common'
import { LateSelect } from './LateSelect'

interface Props {
  label: string
  description?: ReactNode
  /** An IANA name; empty for the browser's where `browser` allows it. */
  value: string
  onChange: (zone: string) => void
  error?: string
  /** Offers to leave it to the browser. */
  browser?: boolean
}

const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]
const BROWSER = 'browser'

/** A time zone, found by typing a part of its name. */
export function ZoneSelect({ label, description, value, onChange, error, browser = false }: Props) {
  const zones = useMemo(() => {
    const all = timezones()
    const names = value === '' || all.includes(value) ? all : [value, ...all]
    const known = names.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
    return browser ? [{ value: BROWSER, label: common.browserZone(ownTimezone()) }, ...known] : known
  }, [value, browser])
  return (
    <LateSelect
      label={label}
      description={description}
      inputWrapperOrder={ORDER}
      data={zones}
      value={value || (browser ? BROWSER : null)}
      onChange={(zone) => zone && onChange(zone === BROWSER ? '' : zone)}
      error={error}
      searchable
      limit={60}
      allowDeselect={false}
    />
  )
}
