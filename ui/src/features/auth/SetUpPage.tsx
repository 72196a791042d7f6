import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { setUp } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { AuthFrame } from './AuthFrame'
import { fields } from './fields'
import { NewPassword } from './NewPassword'
import { useEnter } from './useEnter'
import { useToken } from './useToken'

const account = (
  <Anchor inherit renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}>
    {text.auth.haveAccount}
  </Anchor>
)

export function SetUpPage() {
  const token = useToken('/setup')
  if (!token) {
    return (
      <AuthFrame title={text.auth.noToken} help={text.auth.noTokenHelp} below={account}>
        <Button variant="default" renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}>
          {text.auth.signIn}
        </Button>
      </AuthFrame>
    )
  }
  return (
    <AuthFrame title={text.auth.setUpTitle} help={text.auth.setUpHelp} below={account}>
      <SetUpForm token={token} />
    </AuthFrame>
  )
}

function SetUpForm({ token }: { token: string }) {
  const enter = useEnter(setUp)
  const error = enter.error instanceof ApiError ? enter.error : undefined
  const atFields = ['name', 'email', 'password'].some((key) => error?.field(key))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    enter.mutate({ token, ...fields(event.currentTarget, ['name', 'email', 'password']) })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <ErrorNote error={atFields ? null : enter.error} />
        <TextInput name="name" label={text.auth.name} autoComplete="name" required autoFocus withAsterisk={false} error={error?.field('name')} />
        <TextInput name="email" type="email" label={text.auth.email} autoComplete="username" required withAsterisk={false} error={error?.field('email')} />
        <NewPassword label={text.auth.password} error={error?.field('password')} />
        <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
          {text.auth.create}
        </Button>
      </Stack>
    </form>
  )
}
