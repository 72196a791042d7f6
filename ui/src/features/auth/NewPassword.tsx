import { PasswordInput } from '@mantine/core'
import { text } from '../../lib/text'

interface Props {
  label: string
  value: string
  onChange: (event: { currentTarget: { value: string } }) => void
  error: string | undefined
}

/** The field for a password that is being chosen. */
export function NewPassword({ label, value, onChange, error }: Props) {
  return (
    <PasswordInput
      name="password"
      label={label}
      description={text.auth.passwordHelp}
      autoComplete="new-password"
      required
      withAsterisk={false}
      value={value}
      onChange={onChange}
      error={error}
      aria-invalid={Boolean(error)} // the component forgets it
      visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
    />
  )
}
