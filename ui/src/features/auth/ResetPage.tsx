import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resetPassword } from '../../api/session'
import { FormFrame } from '../../components/FormFrame'
import { text } from '../../lib/text'
import { useForm } from '../../lib/useForm'
import { AuthFrame } from './AuthFrame'
import { NewPassword } from './NewPassword'
import { useToken } from './useToken'

/** Sets a new password by the link of "hookloom admin reset-link". */
export function ResetPage() {
  const token = useToken('/reset')
  const form = useForm({ password: '' })
  const reset = useMutation({ mutationFn: resetPassword, onError: form.fail })
  if (!token) return <Done title={text.auth.noResetToken} help={text.auth.noResetTokenHelp} />
  if (reset.isSuccess) return <Done title={text.auth.resetDone} help={text.auth.resetDoneHelp} />
  const submit = () => {
    form.fail(null)
    reset.mutate({ token, ...form.values })
  }
  return (
    <AuthFrame title={text.auth.resetTitle} help={text.auth.resetHelp}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={['password']}>
        <NewPassword label={text.auth.newPassword} {...form.text('password')} />
        <Button type="submit" loading={reset.isPending} fullWidth mt="xs">
          {text.auth.reset}
        </Button>
      </FormFrame>
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
