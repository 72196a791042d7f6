import { Alert, Anchor, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { failureText, type Failure, type Run } from '../../api/runs'
import { text } from '../../lib/text'
import { runs as words } from '../../lib/text/en/runs'
import classes from './RunPage.module.css'

/** Why the run stopped, in words, with the way to where it is mended; nothing when it did not. */
export function FailureNote({ ws, run }: { ws: string; run: Run }) {
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
  if (!message || run.status !== 'failed') return null
  return (
    <Note title={text.run.failed}>
      <Text size="sm">{message}</Text>
      {run.workflow_id && (
        <Text size="sm" mt={4}>
          <Anchor inherit renderRoot={(props) => <Link to="/w/$ws/workflows/$id" params={{ ws, id: run.workflow_id! }} {...props} />}>
            {words.mended}
          </Anchor>
        </Text>
      )}
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
export function Detail({ error }: { error: Failure | null | undefined }) {
  if (!error?.detail) return null
  return (
    <details className={classes.details}>
      <summary>{text.run.developer}</summary>
      <pre>{[error.code, error.detail].filter(Boolean).join('\n')}</pre>
    </details>
  )
}
