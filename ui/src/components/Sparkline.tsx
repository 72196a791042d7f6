import { slotTotal, type Slot } from '../api/health'
import classes from './Chart.module.css'

const WIDTH = 96
const HEIGHT = 28
const GAP = 3

/** Seven small bars, failures in red; the label says it in words. */
export function Sparkline({ days, label }: { days: Slot[]; label: string }) {
  const most = Math.max(1, ...days.map(slotTotal))
  const width = (WIDTH - GAP * (days.length - 1)) / Math.max(1, days.length)
  const tall = (n: number) => (n === 0 ? 0 : Math.max(3, (n / most) * HEIGHT))
  return (
    <svg className={classes.spark} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {days.map((day, i) => {
        const x = i * (width + GAP)
        const all = tall(slotTotal(day))
        const bad = Math.min(all, tall(day.failed))
        return (
          <g key={day.at}>
            <rect className={classes.ground} x={x} y={HEIGHT - 2} width={width} height={2} rx={1} />
            <rect className={classes.good} x={x} y={HEIGHT - all} width={width} height={all} rx={1.5} />
            <rect className={classes.bad} x={x} y={HEIGHT - bad} width={width} height={bad} rx={1.5} />
          </g>
        )
      })}
    </svg>
  )
}
