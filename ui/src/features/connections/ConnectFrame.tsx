import { Card } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './Connect.module.css'

/** The page of a client without an account: no name but that of who asks. */
export function ConnectFrame({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(title)
  return (
    <main className={classes.frame}>
      <Card padding="xl" shadow="sm" className={classes.box}>
        {children}
      </Card>
    </main>
  )
}
