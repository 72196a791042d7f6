import { Card, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Logo } from '../../components/Logo'
import { text } from '../../lib/text'
import classes from './AuthFrame.module.css'

interface Props {
  title: string
  help: string
  below?: ReactNode
  children: ReactNode
}

/** The frame of the pages that come before signing in. */
export function AuthFrame({ title, help, below, children }: Props) {
  useDocumentTitle(`${title} · ${text.app}`)
  return (
    <main className={classes.frame}>
      <div className={classes.box}>
        <div className={classes.brand}>
          <Logo size={34} />
          {text.app}
        </div>
        <Card padding="xl" shadow="sm">
          <Title order={1} fz="h2">
            {title}
          </Title>
          <Text c="dimmed" size="sm" mt={4} mb="lg">
            {help}
          </Text>
          {children}
        </Card>
        {below && (
          <Text size="sm" c="dimmed" className={classes.below} component="div">
            {below}
          </Text>
        )}
      </div>
    </main>
  )
}
