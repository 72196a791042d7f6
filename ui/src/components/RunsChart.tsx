import { VisuallyHidden } from '@mantine/core'
import { useMemo } from 'react'
import { slotTotal, type Slot } from '../api/health'
import { home as words } from '../lib/text/en/home'
import classes from './Chart.module.css'

const WIDTH = 720
const HEIGHT = 170
const LEFT = 36
const BOTTOM = 22
const TOP = 8

// Days are those of the workspace, wherever the reader is.
const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const exactDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
const dateOf = (span: Slot) => new Date(`${span.day}T00:00:00Z`)

/** A number at or above n that reads well on an axis: 1, 2, 5, 10, 20, 50 … */
export function niceCeiling(n: number): number {
  if (n <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(n))
  return ([1, 2, 5, 10].find((f) => f * power >= n) ?? 10) * power
}

/** Bars of runs over time, failures at the foot in red; a table says the same to those who do not see it. */
export function RunsChart({ spans }: { spans: Slot[] }) {
  const top = useMemo(() => niceCeiling(Math.max(0, ...spans.map(slotTotal))), [spans])
  const step = (WIDTH - LEFT) / Math.max(1, spans.length)
  const bar = Math.min(36, step * 0.62)
  const tall = (n: number) => (n === 0 ? 0 : Math.max(2, (n / top) * (HEIGHT - TOP - BOTTOM)))
  const base = HEIGHT - BOTTOM
  const every = Math.ceil(spans.length / 8)
  return (
    <figure style={{ margin: 0 }}>
      <svg className={classes.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden focusable="false">
        {[0, top / 2, top].map((n) => {
          const y = base - (n / top) * (HEIGHT - TOP - BOTTOM)
          return (
            <g key={n}>
              <line className={classes.axis} x1={LEFT} x2={WIDTH} y1={y} y2={y} />
              {Number.isInteger(n) && (
                <text className={classes.tick} x={LEFT - 8} y={y + 4} textAnchor="end">
                  {n.toLocaleString('en', { notation: n >= 10_000 ? 'compact' : 'standard' })}
                </text>
              )}
            </g>
          )
        })}
        {spans.map((span, i) => {
          const x = LEFT + i * step + (step - bar) / 2
          const bad = tall(span.failed)
          const good = tall(span.succeeded)
          const other = tall(span.open + span.canceled)
          const date = dateOf(span)
          return (
            <g key={span.at} className={classes.bar}>
              <title>{`${exactDay.format(date)}: ${words.done} ${span.succeeded.toLocaleString('en')}, ${words.failed} ${span.failed.toLocaleString('en')}`}</title>
              <rect className={classes.hit} x={LEFT + i * step} y={TOP} width={step} height={base - TOP} rx={4} />
              <rect className={classes.bad} x={x} y={base - bad} width={bar} height={bad} rx={2} />
              <rect className={classes.good} x={x} y={base - bad - good} width={bar} height={good} rx={2} />
              <rect className={classes.other} x={x} y={base - bad - good - other} width={bar} height={other} rx={2} />
              {i % every === 0 && (
                <text className={classes.tick} x={x + bar / 2} y={HEIGHT - 5} textAnchor="middle">
                  {dayName.format(date)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <figcaption className={classes.legend} aria-hidden>
        <span>
          <i className={classes.good} /> {words.done}
        </span>
        <span>
          <i className={classes.bad} /> {words.failed}
        </span>
        <span>
          <i className={classes.other} /> {words.other}
        </span>
      </figcaption>
      <VisuallyHidden>
        <table>
          <caption>{words.chartTable}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.done}</th>
              <th scope="col">{words.failed}</th>
              <th scope="col">{words.other}</th>
            </tr>
          </thead>
          <tbody>
            {spans.map((span) => (
              <tr key={span.at}>
                <th scope="row">{exactDay.format(dateOf(span))}</th>
                <td>{span.succeeded}</td>
                <td>{span.failed}</td>
                <td>{span.open + span.canceled}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  )
}
