import { Button, Text } from '@mantine/core'
import { IconCompass, IconMoodConfuzed } from '@tabler/icons-react'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { ApiError } from '../api/http'
import { text } from '../lib/text'
import { Empty, Page } from './Page'

/** An address that leads nowhere, where no page surrounds it. */
export function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  )
}

/** An address that leads nowhere, within the pages of a workspace. */
export function NothingHere() {
  return (
    <Page title={text.errors.notFound}>
      <Empty
        icon={IconCompass}
        title={text.errors.notFoundWhy}
        action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{text.errors.home}</Button>}
      >
        <Text c="dimmed">{text.errors.notFoundHelp}</Text>
      </Empty>
    </Page>
  )
}

/** A page that failed to load or to draw; the rest of the app stays. */
export function Crash({ error }: ErrorComponentProps) {
  const words = error instanceof ApiError ? error.message : text.errors.pageHelp
  return (
    <main>
      <Page title={text.errors.page}>
        <Empty
          icon={IconMoodConfuzed}
          title={text.errors.page}
          action={<Button onClick={() => window.location.reload()}>{text.errors.reload}</Button>}
        >
          <Text c="dimmed">{words}</Text>
        </Empty>
      </Page>
    </main>
  )
}
