import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconKey, IconTrash } from '@tabler/icons-react'
import { useOpened } from '../../components/useOpened'
import { hooks } from '../../lib/text/en/hooks'

/** What is seldom done with a hook. */
export function HookMenu({ onRotate, onRemove, opened }: { onRotate: () => void; onRemove: () => void; opened: boolean }) {
  const { target, menu } = useOpened(opened)
  return (
    <Menu {...menu} position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon ref={target} size="lg" variant="default" aria-label={hooks.page.menu}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={onRotate}>
          {hooks.rotate.button}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
          {hooks.remove.button}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
