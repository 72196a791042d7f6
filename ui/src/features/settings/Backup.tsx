import { Button, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { settings as words } from '../../lib/text/en/setup'
import classes from './Settings.module.css'

/** All of the server in one file. */
export function Backup() {
  return (
    <section className={classes.card} aria-labelledby="backup-title">
      <div className={classes.line}>
        <div>
          <Title order={2} id="backup-title">
            {words.backup}
          </Title>
          <Text size="sm" c="dimmed">
            {words.backupHelp}
          </Text>
        </div>
        <Button variant="default" component="a" href="/api/v1/backup" download leftSection={<IconDownload size={17} aria-hidden />}>
          {words.backupGo}
        </Button>
      </div>
    </section>
  )
}
