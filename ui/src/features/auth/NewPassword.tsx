import { PasswordInput } from '@mantine/core'
import { text } from '../../lib/text'

/** The field for a password that is being chosen. */
export function NewPassword({ label, error }: { label: string; error: string | undefined }) {
  return (
    <PasswordInput
      name="password"
      label={label}
      description={text.auth.passwordHelp}
      autoComplete="new-password"
      required
      withAsterisk={false}
      error={error}
      aria-invalid={Boolean(error)} // the component forgets it
      visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
    />
  )
}
