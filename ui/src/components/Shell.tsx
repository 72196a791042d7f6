import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { useLive } from '../api/live'
import { meQuery } from '../api/session'
import { useSessionLost } from '../lib/sessionLost'
import { text } from '../lib/text'
import { readerZone } from '../lib/zone'
import { AccountLabel } from './AccountLabel'
import { Commands } from './Commands'
import { lazyMenu } from './lazyMenu'
import { Logo } from './Logo'
import { Navigation } from './Navigation'
import classes from './Shell.module.css'
import { WorkspaceLabel } from './WorkspaceLabel'

const SignInAgain = lazy(() => import('./SignInAgain').then((m) => ({ default: m.SignInAgain })))

/** What surrounds every page of a workspace. */
export function Shell() {
  const { ws } = useParams({ from: '/w/$ws' })
  const connected = useLive(ws)
  const lost = useSessionLost()
  const { data: me } = useQuery(meQuery)
  const main = useRef<HTMLElement>(null)
  const zone = me?.user?.timezone
  useLayoutEffect(() => readerZone.set(zone), [zone])
  useFocusOnNewPage(main)
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {text.shell.skip}
      </a>
      <header className={classes.header}>
        <Link to="/w/$ws" params={{ ws }} className={classes.brand}>
          <Logo />
          <span className={classes.brandText}>{text.app}</span>
        </Link>
        <WorkspaceName ws={ws} />
        {me?.workspaces.some((w) => w.sandbox && (w.slug === ws || w.id === ws)) && (
          <Link to="/w/$ws/settings" params={{ ws }} className={classes.offline} title={text.shell.sandboxHelp}>
            {text.shell.sandbox}
          </Link>
        )}
        <div className={classes.end}>
          <span role="status">
            {!connected && <span className={classes.offline}>{text.shell.offline}</span>}
          </span>
          <Commands ws={ws} />
          <Account name={me?.user?.name || me?.user?.email || ''} />
        </div>
      </header>
      <Navigation ws={ws} />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      {lost && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </div>
  )
}

const Account = lazyMenu<{ name: string }>(
  () => import('./AccountMenu').then((m) => m.AccountMenu),
  ({ name }, press, prepare) => (
    <UnstyledButton className={classes.avatar} ta="center" aria-haspopup="menu" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <AccountLabel name={name} />
    </UnstyledButton>
  ),
)

const Workspaces = lazyMenu<{ name: string }>(
  () => import('./WorkspaceMenu').then((m) => m.WorkspaceMenu),
  ({ name }, press, prepare) => (
    <UnstyledButton className={classes.workspace} aria-haspopup="menu" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <WorkspaceLabel name={name} />
    </UnstyledButton>
  ),
)

/** The workspace's name; a menu when there are several. */
function WorkspaceName({ ws }: { ws: string }) {
  const { data } = useQuery(meQuery)
  const all = data?.workspaces ?? []
  const name = all.find((w) => w.slug === ws || w.id === ws)?.name ?? ws
  if (all.length < 2) return <span className={classes.workspace}>{name}</span>
  return <Workspaces name={name} />
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
