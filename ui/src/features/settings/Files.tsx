import { Button, Text, Title } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { EXPORT_RIGHTS, exportAddress } from '../../api/files'
import { MayButton } from '../../components/MayButton'
import { useMay } from '../../components/useMay'
import { files as words } from '../../lib/text/en/files'
import classes from './Settings.module.css'

const ImportFiles = lazy(() => import('./ImportFiles').then((m) => ({ default: m.ImportFiles })))

/** The workspace as files: out as a zip, and others in. */
export function Files({ ws }: { ws: string }) {
  const [importing, setImporting] = useState(false)
  const { may } = useMay(ws)
  const lacking = EXPORT_RIGHTS.find((right) => !may(right))
  const icon = <IconDownload size={17} aria-hidden />
  return (
    <section className={classes.card} aria-labelledby="files-title">
      <Title order={2} id="files-title" mb="sm">
        {words.title}
      </Title>
      <div className={classes.line}>
        <div>
          <Text fw={600}>{words.exportTitle}</Text>
          <Text size="sm" c="dimmed">
            {words.exportHelp}
          </Text>
          <Text size="sm" mt={4}>
            {words.never}
          </Text>
        </div>
        {lacking ? (
          <MayButton ws={ws} needs={lacking} variant="default" leftSection={icon}>
            {words.export}
          </MayButton>
        ) : (
          <Button variant="default" component="a" href={exportAddress(ws)} download leftSection={icon}>
            {words.export}
          </Button>
        )}
      </div>
      <div className={classes.line}>
        <div>
          <Text fw={600}>{words.importTitle}</Text>
          <Text size="sm" c="dimmed">
            {words.importHelp}
          </Text>
        </div>
        <MayButton ws={ws} needs="workflows:write" variant="default" leftSection={<IconUpload size={17} aria-hidden />} onClick={() => setImporting(true)}>
          {words.import}
        </MayButton>
      </div>
      <Suspense>{importing && <ImportFiles ws={ws} onClose={() => setImporting(false)} />}</Suspense>
    </section>
  )
}
