import { Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { EXPORT_RIGHTS, exportFiles } from '../../api/files'
import { ErrorNote } from '../../components/ErrorNote'
import { MayButton } from '../../components/MayButton'
import { useMay } from '../../components/useMay'
import { files as words } from '../../lib/text/en/files'
import classes from './Settings.module.css'

const ImportFiles = lazy(() => import('./ImportFiles').then((m) => ({ default: m.ImportFiles })))

/** The workspace as files: out as a zip, and others in. */
export function Files({ ws }: { ws: string }) {
  const [importing, setImporting] = useState(false)
  const { may } = useMay(ws)
  const save = useMutation({ mutationFn: () => exportFiles(ws) })
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
          <ErrorNote error={save.error} title={words.exportFailed} />
          <Text size="sm" mt={4} role="status">
            {save.data !== undefined && words.leftOut(save.data)}
          </Text>
        </div>
        <MayButton ws={ws} needs={lacking ?? 'templates:read'} variant="default" leftSection={icon} loading={save.isPending} onClick={() => save.mutate()}>
          {words.export}
        </MayButton>
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
