import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** What is known of a thing, in pairs; those without a value are left out. */
export function Facts({ facts, stacked = false }: { facts: [label: string, value: ReactNode][]; stacked?: boolean }) {
  return (
    <dl className={`${classes.facts} ${stacked ? classes.stacked : ''}`}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
