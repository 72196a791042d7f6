import { Button, Text } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { common } from '../lib/text/en/common'
import { Empty } from './Page'

interface Props {
  title: string
  help: string
  /** Where the whole list stands; nothing to press when missing. */
  clear?: LinkProps
}

/** Said instead of a list of which the filters leave nothing. */
export function NoneMatch({ title, help, clear }: Props) {
  return (
    <Empty
      icon={IconFilterOff}
      title={title}
      action={
        clear && (
          <Button variant="default" renderRoot={(props) => <Link {...clear} {...props} />}>
            {common.clear}
          </Button>
        )
      }
    >
      <Text c="dimmed">{help}</Text>
    </Empty>
  )
}
