import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { resetPassword } from '../../api/session'
import { ErrorNote } from '../../components/ErrorNote'
import { text } from '../../lib/text'
import { AuthFrame } from './AuthFrame'
import { fields } from './fields'
import { NewPassword } from './NewPassword'
import { useToken } from './useToken'

/** Sets a new password by the link of "hookloom admin reset-link". */
export function ResetPage() {
  const token = useToken('/reset')
  const reset = useMutation({ mutationFn: resetPassword })
  if (!token) return <Done title={text.auth.noResetToken} help={text.auth.noResetTokenHelp} />
  if (reset.isSuccess) return <Done title={text.auth.resetDone} help={text.auth.resetDoneHelp} />
  const problem = reset.error instanceof ApiError ? reset.error.field('password') : undefined
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    reset.mutate({ token, ...fields(event.currentTarget, ['password']) })
  }
  return (
    <AuthFrame title={text.auth.resetTitle} help={text.auth.resetHelp}>
      <form onSubmit={submit}>
        <Stack>
          <ErrorNote error={problem ? null : reset.error} />
          <NewPassword label={text.auth.newPassword} error={problem} />
          <Button type="submit" loading={reset.isPending} fullWidth mt="xs">
            {text.auth.reset}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  )
}

function Done({ title, help }: { title: string; help: string }) {
  return (
    <AuthFrame title={title} help={help}>
      <Text role="status" mb="md" size="sm">
        {text.auth.signInNext}
      </Text>
      <Button fullWidth renderRoot={(props) => <Link to="/sign-in" search={{}} {...props} />}>
        {text.auth.signIn}
      </Button>
    </AuthFrame>
  )
}
