import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconSend } from '@tabler/icons-react'
import { testHook, type NewHook } from '../../api/hooks'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { hooks } from '../../lib/text/en/hooks'
import classes from './Hooks.module.css'
import { TestOutcome } from './TestOutcome'

const words = hooks.secret

/** Shows a new signing secret, once, and lets the receiver be tried out at once. */
export function SecretNote({ ws, hook, title, onClose }: { ws: string; hook: NewHook; title: string; onClose: () => void }) {
  const test = useMutation({ mutationFn: () => testHook(ws, hook.id) })
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} title={title}>
      <Stack gap="md">
        <Text size="sm">{words.help}</Text>
        <div className={classes.secret}>
          <code data-testid="secret">{hook.secret}</code>
          <CopyButton value={hook.secret} label={words.copy} />
        </div>
        <ErrorNote error={test.error} />
        {test.data && <TestOutcome ws={ws} id={test.data.id} />}
        <Group justify="flex-end">
          <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isPending} onClick={() => test.mutate()}>
            {words.test}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {words.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
