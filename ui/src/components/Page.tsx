import { Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft, type Icon } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { text } from '../lib/text'
import classes from './Page.module.css'

interface Props {
  title: string
  help?: ReactNode
  back?: { label: string; to: LinkProps }
  badge?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** The frame of every page: way back, heading, what can be done, content. */
export function Page({ title, help, back, badge, actions, children }: Props) {
  useDocumentTitle(`${title} · ${text.app}`)
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div className={classes.headText}>
          {back && (
            <Link {...back.to} className={classes.back}>
              <IconChevronLeft size={16} aria-hidden />
              {back.label}
            </Link>
          )}
          <Group gap="sm">
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {badge}
          </Group>
          {help && (
            <Text c="dimmed" mt={4}>
              {help}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </div>
      {children}
    </div>
  )
}

interface EmptyProps {
  icon: Icon
  title: string
  children: ReactNode
  action?: ReactNode
}

/** What a page without content says: why, and what to do about it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <div className={classes.emptyIcon}>
        <Icon size={30} stroke={1.7} aria-hidden />
      </div>
      <Title order={2} mb={6}>
        {title}
      </Title>
      <div>{children}</div>
      {action && (
        <Group justify="center" mt="lg">
          {action}
        </Group>
      )}
    </div>
  )
}
