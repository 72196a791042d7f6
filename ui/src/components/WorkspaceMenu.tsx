import { Menu, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../api/session'
import classes from './Shell.module.css'
import { useOpened } from './useOpened'
import { WorkspaceLabel } from './WorkspaceLabel'

/** The way to the other workspaces. */
export function WorkspaceMenu({ name, opened }: { name: string; opened: boolean }) {
  const { target, menu } = useOpened(opened)
  const { data } = useQuery(meQuery)
  return (
    <Menu {...menu}>
      <Menu.Target>
        <UnstyledButton ref={target} className={classes.workspace}>
          <WorkspaceLabel name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {(data?.workspaces ?? []).map((w) => (
          <Menu.Item key={w.id} renderRoot={(props) => <Link to="/w/$ws" params={{ ws: w.slug }} {...props} />}>
            {w.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
