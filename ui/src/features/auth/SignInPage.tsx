import { Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { signIn } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { AuthFrame } from './AuthFrame'
import { fields } from './fields'
import { useEnter } from './useEnter'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const enter = useEnter(signIn, next)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate(fields(event.currentTarget, ['email', 'password']))
  }
  const wrong = enter.error instanceof ApiError && enter.error.status === 401
  return (
    <AuthFrame
      title={text.auth.signInTitle}
      help={text.auth.signInHelp}
      below={
        <Stack gap={6}>
          <span>{text.auth.firstStart}</span>
          <span>
            {text.auth.forgot} <Code>hookloom admin reset-link</Code>
          </span>
        </Stack>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          <ErrorNote error={wrong ? text.auth.wrong : enter.error} />
          <TextInput name="email" type="email" label={text.auth.email} autoComplete="username" required autoFocus withAsterisk={false} />
          <PasswordInput
            name="password"
            label={text.auth.password}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
          />
          <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
            {text.auth.signIn}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  )
}
