import { Alert, Button, Group } from '@mantine/core'
import { ErrorNote } from '../../components/ErrorNote'
import { connections as words } from '../../lib/text/en/setup'

interface Props {
  result: { ok: boolean; message: string; account?: string }
  onTake: () => void
  /** Takes it away and asks for its fields again. */
  onAgain: () => void
  busy: boolean
  /** Why it could not be taken away. */
  error: unknown
}

/** What came of trying a new connection out. */
export function Tried({ result, onTake, onAgain, busy, error }: Props) {
  return (
    <>
      <Alert role="status" color={result.ok ? 'green' : 'red'} title={result.ok ? words.connected(result.account ?? '') : words.refused}>
        {result.message}
      </Alert>
      <ErrorNote error={error} />
      <Group justify="flex-end" gap="xs" mt="md">
        {result.ok ? (
          <Button data-autofocus onClick={onTake}>
            {words.use}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onTake}>
              {words.anyway}
            </Button>
            <Button data-autofocus loading={busy} onClick={onAgain}>
              {words.again}
            </Button>
          </>
        )}
      </Group>
    </>
  )
}
