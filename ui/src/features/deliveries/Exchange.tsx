import { Text, Title } from '@mantine/core'
import type { DeliveryDetail } from '../../api/hooks'
import { CopyButton } from '../../components/CopyButton'
import { JsonView } from '../../components/JsonView'
import { deliveries } from '../../lib/text/en/hooks'
import classes from './Deliveries.module.css'

const words = deliveries.detail

/** The call as it went out: line, headers and body. */
export function Request({ delivery }: { delivery: DeliveryDetail }) {
  const { request, body } = delivery
  return (
    <section className={classes.part} aria-labelledby="request-title">
      <Title order={3} id="request-title">
        {delivery.kept ? words.wouldSend : request || body === null ? words.request : words.willSend}
      </Title>
      {request && (
        <>
          <div className={classes.call}>
            <p className={classes.line}>
              {request.method} {request.url}
            </p>
            <CopyButton value={request.body} label={words.copyBody} />
          </div>
          <Headers headers={request.headers} label={words.headers} />
        </>
      )}
      {body === null || body === undefined ? (
        <Text size="sm" c="dimmed">
          {words.hidden}
        </Text>
      ) : (
        <JsonView value={body} label={words.body} />
      )}
      {request && (
        <Text size="xs" c="dimmed" mt={4}>
          {words.signed}
        </Text>
      )}
    </section>
  )
}

/** What the receiver said last. */
export function Answer({ delivery }: { delivery: DeliveryDetail }) {
  const { answer } = delivery
  return (
    <section className={classes.part} aria-labelledby="answer-title">
      <Title order={3} id="answer-title">
        {words.answer}
      </Title>
      {answer === null || answer.status === undefined ? (
        <Text size="sm" c="dimmed">
          {words.noAnswer}
        </Text>
      ) : (
        <>
          <p className={classes.line}>
            {answer.status} {answer.duration_ms !== undefined && words.took(answer.duration_ms)}
          </p>
          {answer.headers && <Headers headers={answer.headers} label={words.answerHeaders} />}
          {answer.body !== undefined && answer.body !== null && answer.body !== '' && <JsonView value={answer.body} label={words.answerBody} />}
        </>
      )}
    </section>
  )
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function Headers({ headers, label }: { headers: Record<string, unknown>; label: string }) {
  const names = Object.keys(headers).sort()
  if (names.length === 0) return null
  return (
    <table className={classes.headers} aria-label={label}>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{shown(headers[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
