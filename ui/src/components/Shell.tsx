import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChevronDown, IconHistory, IconRoute, type Icon } from '@tabler/icons-react'
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { meQuery } from '../api/session'
import { useLive } from '../api/live'
import { text } from '../lib/text'
import { AccountMenu } from './AccountMenu'
import { Logo } from './Logo'
import classes from './Shell.module.css'

const PAGES = [
  { to: '/w/$ws/workflows', label: text.shell.workflows, icon: IconRoute },
  { to: '/w/$ws/runs', label: text.shell.runs, icon: IconHistory },
] as const

/** What surrounds every page of a workspace. */
export function Shell() {
  const { ws } = useParams({ from: '/w/$ws' })
  const connected = useLive(ws)
  const main = useRef<HTMLElement>(null)
  useFocusOnNewPage(main)
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {text.shell.skip}
      </a>
      <header className={classes.header}>
        <Link to="/w/$ws/workflows" params={{ ws }} className={classes.brand}>
          <Logo />
          {text.app}
        </Link>
        <WorkspaceName ws={ws} />
        <div className={classes.end}>
          <span role="status">
            {!connected && <span className={classes.offline}>{text.shell.offline}</span>}
          </span>
          <AccountMenu />
        </div>
      </header>
      <nav className={classes.nav} aria-label={text.shell.navigation}>
        {PAGES.map((page) => (
          <NavLink key={page.to} ws={ws} {...page} />
        ))}
      </nav>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  )
}

function NavLink({ ws, to, label, icon: Icon }: { ws: string; to: (typeof PAGES)[number]['to']; label: string; icon: Icon }) {
  return (
    <Link to={to} params={{ ws }} className={classes.link} activeOptions={{ includeSearch: false }} title={label}>
      <Icon size={21} stroke={1.8} aria-hidden />
      <span className={classes.linkText}>{label}</span>
    </Link>
  )
}

/** The workspace's name; a menu when there are several. */
function WorkspaceName({ ws }: { ws: string }) {
  const { data } = useQuery(meQuery)
  const all = data?.workspaces ?? []
  const name = all.find((w) => w.slug === ws || w.id === ws)?.name ?? ws
  if (all.length < 2) return <span className={classes.workspace}>{name}</span>
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={classes.workspace}>
          <VisuallyHidden>{text.shell.workspace}: </VisuallyHidden>
          {name}
          <IconChevronDown size={15} aria-hidden className={classes.caret} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map((w) => (
          <Menu.Item
            key={w.id}
            renderRoot={(props) => <Link to="/w/$ws/workflows" params={{ ws: w.slug }} {...props} />}
          >
            {w.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Moves the focus into a page that was just opened, as a full load would. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const path = useLocation({ select: (location) => location.pathname })
  const last = useRef(path)
  useEffect(() => {
    if (last.current !== path) main.current?.focus({ preventScroll: true })
    last.current = path
  }, [path, main])
}
