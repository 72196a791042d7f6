import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { MAX_IMPORT_BYTES, uploadContacts, type ImportFile as File_ } from '../../api/imports'
import { ErrorNote } from '../../components/ErrorNote'
import { imports as words } from '../../lib/text/en/imports'
import classes from './Import.module.css'

/** Takes a file, by a dialog or by dropping it. */
export function ImportFile({ ws, onRead }: { ws: string; onRead: (file: File_) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const upload = useMutation({ mutationFn: (file: File) => uploadContacts(ws, file), onSuccess: onRead })
  const take = (file: File | undefined) => {
    if (!file) return
    setTooLarge(file.size > MAX_IMPORT_BYTES)
    upload.reset()
    if (file.size <= MAX_IMPORT_BYTES) upload.mutate(file)
  }
  return (
    <>
      <Text c="dimmed" mb="md">
        {words.help}
      </Text>
      <ErrorNote error={tooLarge ? words.tooLarge : upload.error} />
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files[0])
        }}
      >
        <IconFileSpreadsheet size={40} stroke={1.5} aria-hidden />
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          data-testid="import-file"
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = '' // the same file may be chosen again once it is mended
          }}
        />
        <Button loading={upload.isPending} onClick={() => input.current?.click()}>
          {words.choose}
        </Button>
        <Text size="sm" role="status">
          {upload.isPending ? words.reading : words.drop}
        </Text>
        <Text size="sm" c="dimmed">
          {words.limits}
        </Text>
      </div>
    </>
  )
}
