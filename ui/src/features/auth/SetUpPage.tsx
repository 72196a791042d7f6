import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { setUp } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { AuthFrame } from './AuthFrame'
import { fields } from './fields'
import { useEnter } from './useEnter'

const account = (
  <Anchor inherit renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}>
    {text.auth.haveAccount}
  </Anchor>
)

export function SetUpPage() {
  const token = useToken()
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

/** The token of the link, taken out of the address bar so that it is not kept or shared by accident. */
function useToken(): string | undefined {
  const search = useSearch({ from: '/setup' })
  const navigate = useNavigate()
  const [token] = useState(search.token)
  useEffect(() => {
    if (search.token) void navigate({ to: '/setup', search: {}, replace: true })
  }, [search.token, navigate])
  return token
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
        <PasswordInput
          name="password"
          label={text.auth.password}
          description={text.auth.passwordHelp}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={error?.field('password')}
          aria-invalid={Boolean(error?.field('password'))} // the component forgets it
          visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
        />
        <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
          {text.auth.create}
        </Button>
      </Stack>
    </form>
  )
}
