import { VisuallyHidden } from '@mantine/core'
import { text } from '../lib/text'

/** The first letters of up to two words. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/).slice(0, 2)
  return words.map((word) => Array.from(word)[0]?.toUpperCase() ?? '').join('')
}

/** What stands on the button of the account's menu. */
export function AccountLabel({ name }: { name: string }) {
  return (
    <>
      <span aria-hidden>{initials(name)}</span>
      <VisuallyHidden>{text.shell.account(name)}</VisuallyHidden>
    </>
  )
}
