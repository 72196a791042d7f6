import { failureText, type Attempt } from '../../api/runs'
import { TimeAgo } from '../../components/TimeAgo'
import { text } from '../../lib/text'
import { duration, instant } from '../../lib/time'
import classes from './RunPage.module.css'

/** Each try of a step: when, how long, and how it ended. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  if (attempts.length === 0) return null
  return (
    <div>
      <h3 className={classes.heading}>{text.run.attempts(attempts.length)}</h3>
      <ol className={classes.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.number}>
            <TimeAgo at={attempt.started_at} />: {outcome(attempt)}
            {instant(attempt.retry_at) && (
              <>
                {' '}
                ({text.run.next} <TimeAgo at={attempt.retry_at} />)
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

function outcome(attempt: Attempt): string {
  const error = failureText(attempt.error)
  const took = duration(attempt.started_at, attempt.finished_at)
  if (error) return took ? `${error} (${took})` : error
  return instant(attempt.finished_at) ? `${text.run.attemptOk}${took ? ` (${took})` : ''}` : text.run.attemptOpen
}
