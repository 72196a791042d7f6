import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { shell } from '../lib/text/en/shell'
import { useSections } from './Navigation'
import classes from './Shell.module.css'
import { useOpened } from './useOpened'

/** The pages that have no place in the bar of a narrow screen. */
export function MoreMenu({ ws, opened }: { ws: string; opened: boolean }) {
  const { target, menu } = useOpened(opened)
  const rest = useSections(ws).map((s) => ({ ...s, entries: s.entries.filter((e) => !e.first) })).filter((s) => s.entries.length > 0)
  return (
    <Menu {...menu} position="top-end" width={240}>
      <Menu.Target>
        <UnstyledButton ref={target} className={classes.link}>
          <IconDots size={20} aria-hidden />
          <span className={classes.linkText}>{shell.more}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {rest.map((section) => (
          <div key={section.title ?? ''}>
            {section.title && <Menu.Label>{section.title}</Menu.Label>}
            {section.entries.map(({ to, label, icon: Icon }) => (
              <Menu.Item key={to} leftSection={<Icon size={18} aria-hidden />} renderRoot={(props) => <Link to={to} params={{ ws }} {...props} />}>
                {label}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
