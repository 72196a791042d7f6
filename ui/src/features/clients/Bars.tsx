import classes from './Clients.module.css'

const WIDTH = 58
const HEIGHT = 15

/** One bar an hour, the last one at the right; the label says it in words. */
export function Bars({ values, label }: { values: number[]; label: string }) {
  const most = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  return (
    <svg className={classes.bars} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      <rect className={classes.ground} x={0} y={HEIGHT - 1} width={WIDTH} height={1} />
      {values.map((n, hour) => {
        const tall = n === 0 ? 0 : Math.max(3, (n / most) * HEIGHT)
        return n > 0 && <rect key={hour} className={classes.bar} x={hour * step} y={HEIGHT - tall} width={step - 0.5} height={tall} />
      })}
    </svg>
  )
}
