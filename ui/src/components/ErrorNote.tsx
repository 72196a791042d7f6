import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconGhost2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '../api/http'
import { text } from '../lib/text'
import { Empty } from './Page'

interface Props {
  error: unknown
  title?: string
  onRetry?: () => void
  children?: ReactNode
}

/** What went wrong, in words, with a way on. Nothing when there is no error. */
export function ErrorNote({ error, title = text.errors.title, onRetry, children }: Props) {
  if (!error) return null
  // Of a page whose thing is gone nobody gets more by trying again or asking for help.
  if (onRetry && error instanceof ApiError && error.status === 404) return <Gone />
  const message = error instanceof Error ? error.message : String(error)
  const traceId = error instanceof ApiError ? error.traceId : ''
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      radius="lg"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      styles={{ root: { background: 'var(--mantine-color-body)' }, title: { color: 'var(--mantine-color-error)' }, message: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs">
        <Text size="sm">{message}</Text>
        {children}
        {traceId !== '' && (
          <Text size="xs" c="dimmed">
            {text.errors.trace(traceId)}
          </Text>
        )}
        {onRetry && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {text.errors.again}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}

function Gone() {
  return (
    <Empty icon={IconGhost2} title={text.errors.gone}>
      <Text c="dimmed" role="status">
        {text.errors.goneHelp}
      </Text>
    </Empty>
  )
}
