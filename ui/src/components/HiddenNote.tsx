import { Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { hidden as words } from '../lib/text/en/common'

/** Says that values are left out on purpose, so that nobody thinks they are missing. */
export function HiddenNote() {
  return (
    <Text c="dimmed" size="sm">
      <IconEyeOff size={16} aria-hidden style={{ verticalAlign: '-3px', marginRight: 6 }} />
      {words.values}
    </Text>
  )
}
