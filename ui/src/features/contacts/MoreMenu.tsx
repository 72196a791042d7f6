import { Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconForms } from '@tabler/icons-react'
import { exportAddress, type ContactFilter } from '../../api/contacts'
import { useOpened } from '../../components/useOpened'
import { contacts as words } from '../../lib/text/en/contacts'

export interface MoreProps {
  ws: string
  filter: ContactFilter
  onFields: () => void
}

/** What is done seldom with contacts. */
export function MoreMenu({ ws, filter, onFields, opened }: MoreProps & { opened: boolean }) {
  const { target, menu } = useOpened(opened)
  return (
    <Menu position="bottom-end" {...menu}>
      <Menu.Target>
        <Button ref={target} variant="default" aria-label={words.moreActions} px="sm">
          <IconDots size={18} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconForms size={17} aria-hidden />} onClick={onFields}>
          {words.manageFields}
        </Menu.Item>
        <Menu.Item component="a" href={exportAddress(ws, filter)} download leftSection={<IconDownload size={17} aria-hidden />}>
          {filter.q || filter.tag ? words.exportThese : words.export}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
