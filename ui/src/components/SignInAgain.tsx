import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiError } from '../api/http'
import { meQuery, signIn, type Me } from '../api/session'
import { sessionLost } from '../lib/sessionLost'
import { shell } from '../lib/text/en/shell'
import { ErrorNote } from './ErrorNote'
import { Modal } from './Modal'

const words = shell.again

/** Asks for the password over the page as it stands, so that nothing typed is lost. */
export function SignInAgain() {
  const client = useQueryClient()
  const router = useRouter()
  const before = client.getQueryData<Me>(meQuery.queryKey)
  const [email, setEmail] = useState(before?.user?.email ?? '')
  const [password, setPassword] = useState('')
  const leave = async () => {
    sessionLost.set(false)
    client.clear()
    await router.navigate({ to: '/sign-in', search: {} })
  }
  const enter = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: async () => {
      const now = await client.fetchQuery({ ...meQuery, staleTime: 0 })
      if (before?.user?.id !== now.user?.id) {
        client.clear() // somebody else: nothing of the one before
        await router.navigate({ to: '/' })
      }
      sessionLost.set(false)
      await client.invalidateQueries()
    },
  })
  const wrong = enter.error instanceof ApiError && enter.error.status === 401
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the form below this dialog must not be sent
    enter.mutate()
  }
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={words.title} zIndex={1000}>
      <Text size="sm" c="dimmed" mb="md">
        {words.help}
      </Text>
      <form onSubmit={submit}>
        <Stack>
          <ErrorNote error={wrong ? words.wrong : enter.error} />
          <TextInput label={words.email} type="email" autoComplete="username" required withAsterisk={false} value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': words.show }}
          />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => void leave()}>
              {words.other}
            </Button>
            <Button type="submit" loading={enter.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
