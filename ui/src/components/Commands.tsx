import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { shell } from '../lib/text/en/shell'
import classes from './Commands.module.css'

const CommandMenu = lazy(() => import('./CommandMenu').then((m) => ({ default: m.CommandMenu })))

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** The command menu of every page, behind Ctrl+K and a button; loaded when first opened. */
export function Commands({ ws }: { ws: string }) {
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(isMac ? event.metaKey : event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpened((now) => !now)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <UnstyledButton className={classes.button} onClick={() => setOpened(true)}>
        <IconSearch size={17} aria-hidden />
        <span className={classes.label}>{shell.commands.button}</span>
        <kbd className={classes.keys}>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </UnstyledButton>
      {opened && (
        <Suspense>
          <CommandMenu ws={ws} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
