import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { failureText, type Attempt } from '../../api/runs'
import { TimeAgo } from '../../components/TimeAgo'
import { deliveries } from '../../lib/text/en/hooks'
import { duration, instant } from '../../lib/time'
import classes from './Deliveries.module.css'

const words = deliveries.detail

/** Each try: when, how long it took, how it ended, and when the next is due. */
export function AttemptList({ attempts }: { attempts: Attempt[] }) {
  return (
    <ol className={classes.attempts}>
      {attempts.map((attempt) => {
        const error = failureText(attempt.error)
        const over = instant(attempt.finished_at)
        const took = duration(attempt.started_at, attempt.finished_at)
        const Sign = error ? IconX : over ? IconCheck : IconClock
        return (
          <li key={attempt.number}>
            <Sign size={17} stroke={2.2} aria-hidden className={error ? classes.bad : over ? classes.good : undefined} />
            <div>
              {error ?? (over ? words.attemptOk : words.attemptOpen)}
              <div>
                <small>
                  <TimeAgo at={attempt.started_at} />
                  {took && ` · ${took}`}
                  {instant(attempt.retry_at) && (
                    <>
                      {' · '}
                      {words.triedAgain} <TimeAgo at={attempt.retry_at} />
                    </>
                  )}
                </small>
              </div>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
