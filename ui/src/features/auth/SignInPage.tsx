import { Button, Code, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { ApiError } from '../../api/http'
import { signIn } from '../../api/session'
import { FormFrame } from '../../components/FormFrame'
import { brand } from '../../lib/brand'
import { text } from '../../lib/text'
import { useForm } from '../../lib/useForm'
import { AuthFrame } from './AuthFrame'
import { useEnter } from './useEnter'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const enter = useEnter(signIn, next)
  const form = useForm({ email: '', password: '' })
  const submit = () => {
    form.fail(null)
    enter.mutate(form.values, { onError: form.fail })
  }
  const wrong = form.failure instanceof ApiError && form.failure.status === 401
  return (
    <AuthFrame
      title={text.auth.signInTitle}
      help={text.auth.signInHelp}
      below={
        !brand?.domain && (
        <Stack gap={6}>
          <span>{text.auth.firstStart}</span>
          <span>
            {text.auth.forgot} <Code>hookloom admin reset-link</Code>
          </span>
        </Stack>
        )
      }
    >
      <FormFrame onSubmit={submit} failure={wrong ? text.auth.wrong : form.failure} keys={['email', 'password']}>
        <TextInput type="email" label={text.auth.email} autoComplete="username" required autoFocus withAsterisk={false} {...form.text('email')} />
        <PasswordInput
          label={text.auth.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
          {...form.text('password')}
          aria-invalid={Boolean(form.error('password'))} // the component forgets it
        />
        <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
          {text.auth.signIn}
        </Button>
      </FormFrame>
    </AuthFrame>
  )
}
