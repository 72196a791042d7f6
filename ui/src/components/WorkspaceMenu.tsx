import { Menu, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconUsers } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { meQuery } from '../api/session'
import { shell } from '../lib/text/en/shell'
import classes from './Shell.module.css'
import { useOpened } from './useOpened'
import { WorkspaceLabel } from './WorkspaceLabel'

/** The way to the other workspaces. */
export function WorkspaceMenu({ name, opened }: { name: string; opened: boolean }) {
  const { target, menu } = useOpened(opened)
  const { data } = useQuery(meQuery)
  const { ws } = useParams({ from: '/w/$ws' })
  return (
    <Menu {...menu}>
      <Menu.Target>
        <UnstyledButton ref={target} className={classes.workspace}>
          <WorkspaceLabel name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Item leftSection={<IconUsers size={17} aria-hidden />} renderRoot={(props) => <Link to="/w/$ws/clients" params={{ ws }} search={{}} {...props} />}>
          {shell.clients}
        </Menu.Item>
        <Menu.Divider />
        {(data?.workspaces ?? []).map((w) => (
          <Menu.Item key={w.id} renderRoot={(props) => <Link to="/w/$ws" params={{ ws: w.slug }} {...props} />}>
            {w.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
