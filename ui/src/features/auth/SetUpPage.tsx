import { Anchor, Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { setUp } from '../../api/session'
import { LateSelect } from '../../components/LateSelect'
import { FormFrame } from '../../components/FormFrame'
import { ZoneSelect } from '../../components/ZoneSelect'
import { commonCurrencies, currencyOf } from '../../lib/currency'
import { ownTimezone } from '../../lib/places'
import { text } from '../../lib/text'
import { useForm } from '../../lib/useForm'
import { AuthFrame } from './AuthFrame'
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

const KEYS = ['name', 'email', 'password', 'timezone', 'workspace_timezone', 'workspace_currency'] as const
const CURRENCIES = commonCurrencies()

function SetUpForm({ token }: { token: string }) {
  const enter = useEnter(setUp)
  const form = useForm({ name: '', email: '', password: '', timezone: ownTimezone(), workspace_timezone: ownTimezone(), workspace_currency: currencyOf(navigator.languages) })
  const submit = () => {
    form.fail(null)
    enter.mutate({ token, ...form.values }, { onError: form.fail })
  }
  return (
    <FormFrame onSubmit={submit} failure={form.failure} keys={KEYS}>
      <TextInput label={text.auth.name} autoComplete="name" autoFocus {...form.text('name')} />
      <TextInput type="email" label={text.auth.email} autoComplete="username" required withAsterisk={false} {...form.text('email')} />
      <NewPassword label={text.auth.password} {...form.text('password')} />
      <ZoneSelect
        label={text.auth.timezone}
        description={text.auth.timezoneHelp}
        value={form.values.timezone}
        onChange={(timezone) => form.set({ timezone })}
        error={form.error('timezone')}
      />
      <ZoneSelect
        label={text.auth.workspaceTimezone}
        description={text.auth.workspaceTimezoneHelp}
        value={form.values.workspace_timezone}
        onChange={(zone) => form.set({ workspace_timezone: zone })}
        error={form.error('workspace_timezone')}
      />
      <LateSelect
        label={text.auth.workspaceCurrency}
        description={text.auth.workspaceCurrencyHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={CURRENCIES}
        value={form.values.workspace_currency || null}
        placeholder={text.auth.workspaceCurrencyNone}
        onChange={(code) => code && form.set({ workspace_currency: code })}
        error={form.error('workspace_currency')}
        searchable
        allowDeselect={false}
      />
      <Button type="submit" loading={enter.isPending} fullWidth mt="xs">
        {text.auth.create}
      </Button>
    </FormFrame>
  )
}
