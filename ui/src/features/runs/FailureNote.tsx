import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { failureText, type Failure, type Run } from '../../api/runs'
import { text } from '../../lib/text'
import classes from './RunPage.module.css'

/** Why the run stopped, in words; nothing when it did not. */
export function FailureNote({ run }: { run: Run }) {
  const message = failureText(run.error)
  if (run.status === 'parked') {
    return (
      <Note title={text.run.parked}>
        <Text size="sm">{text.run.parkedHelp}</Text>
        {message && (
          <Text size="sm" mt={4}>
            {message}
          </Text>
        )}
      </Note>
    )
  }
  if (!message) return null
  return (
    <Note title={text.run.failed}>
      <Text size="sm">{message}</Text>
      <Detail error={run.error} />
    </Note>
  )
}

function Note({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Alert
      color="red"
      variant="outline"
      radius="lg"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      styles={{ root: { background: 'var(--mantine-color-body)' }, title: { color: 'var(--mantine-color-error)' } }}
    >
      {children}
    </Alert>
  )
}

/** What developers need to know beyond the sentence. */
export function Detail({ error }: { error: Failure | string | null | undefined }) {
  if (!error || typeof error === 'string' || !error.detail) return null
  return (
    <details className={classes.details}>
      <summary>{text.run.developer}</summary>
      <pre>{[error.code, error.detail].filter(Boolean).join('\n')}</pre>
    </details>
  )
}
