import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError } from '../../api/http'
import { acceptInvitation, lookInvitation } from '../../api/members'
import { meQuery, signOut } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { ownTimezone } from '../../lib/places'
import { text } from '../../lib/text'
import { accept as words, roleNames } from '../../lib/text/en/members'
import { useForm } from '../../lib/useForm'
import { AuthFrame } from './AuthFrame'
import { NewPassword } from './NewPassword'
import { useEnter } from './useEnter'

/** The token behind #, taken out of the address bar so that it is not kept or shared by accident. */
function useHashToken(): string {
  const [token] = useState(() => window.location.hash.slice(1))
  useEffect(() => {
    if (window.location.hash) window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  return token
}

/** Accepts an invitation: with a new account, the password of an old one, or as who is signed in. */
export function InvitationPage() {
  const token = useHashToken()
  const { data, error, isPending } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => lookInvitation(token),
    enabled: token !== '',
    retry: false,
    staleTime: Infinity,
  })
  const { data: me, isPending: asking } = useQuery({ ...meQuery, meta: { quiet: true } })
  if (token === '') return <Over title={words.notWhole} help={words.notWholeHelp} />
  if (error) return <Over title={words.over} help={error instanceof ApiError ? error.message : text.errors.unreachable} />
  if (isPending || asking || !data) return <AuthFrame title={words.wait} help={words.waitHelp}>{null}</AuthFrame>
  return (
    <AuthFrame title={words.title(data.workspace || words.team)} help={words.help(data.invited_by, roleNames[data.role] ?? data.role)}>
      <Stack gap="md">
        <Text size="sm">{data.about}</Text>
        {me?.user ? (
          <Signed token={token} email={data.email} mine={me.user.email} />
        ) : (
          <AcceptForm token={token} email={data.email} known={data.has_account} />
        )}
      </Stack>
    </AuthFrame>
  )
}

function Over({ title, help }: { title: string; help: string }) {
  return (
    <AuthFrame title={title} help={help}>
      <Button fullWidth variant="default" renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}>
        {words.signIn}
      </Button>
    </AuthFrame>
  )
}

/** For a browser in which somebody is signed in. */
function Signed({ token, email, mine }: { token: string; email: string; mine: string }) {
  const client = useQueryClient()
  const enter = useEnter(acceptInvitation)
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => client.setQueryData(meQuery.queryKey, null as never) })
  if (mine !== email) {
    return (
      <>
        <ErrorNote error={leave.error} />
        <Text size="sm">{words.other(email)}</Text>
        <Button fullWidth loading={leave.isPending} onClick={() => leave.mutate()}>
          {words.otherGo}
        </Button>
      </>
    )
  }
  return (
    <>
      <ErrorNote error={enter.error} />
      <Text size="sm" c="dimmed">
        {words.signedIn(mine)}
      </Text>
      <Button fullWidth loading={enter.isPending} onClick={() => enter.mutate({ token })}>
        {words.go}
      </Button>
    </>
  )
}

/** For everybody else: a new account, or the password of one that there is. */
function AcceptForm({ token, email, known }: { token: string; email: string; known: boolean }) {
  const enter = useEnter(acceptInvitation)
  const form = useForm({ name: '', password: '' })
  const submit = () => {
    form.fail(null)
    const { name, password } = form.values
    enter.mutate(known ? { token, password } : { token, name, password, timezone: ownTimezone() }, { onError: form.fail })
  }
  return (
    <FormFrame onSubmit={submit} failure={form.failure} keys={known ? ['password'] : ['name', 'password']}>
      <TextInput label={text.auth.email} type="email" autoComplete="username" value={email} readOnly />
      {known ? (
        <>
          <Text size="sm" c="dimmed">
            {words.known}
          </Text>
          <PasswordInput label={text.auth.password} autoComplete="current-password" autoFocus {...form.text('password')} />
        </>
      ) : (
        <>
          <TextInput label={text.auth.name} autoComplete="name" autoFocus {...form.text('name')} />
          <NewPassword label={text.auth.password} {...form.text('password')} />
        </>
      )}
      <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
        {known ? words.signInGo : words.go}
      </Button>
    </FormFrame>
  )
}
