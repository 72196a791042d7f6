import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconFileZip } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { MAX_FILES_BYTES, readChosen, type Chosen } from '../../api/files'
import { ErrorNote } from '../../components/ErrorNote'
import { files as words } from '../../lib/text/en/files'
import classes from './Files.module.css'

/** Takes a zip or one file, by a dialog or by dropping it. */
export function ChooseFiles({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), []) // also when somebody comes back to choose another
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const read = useMutation({ mutationFn: readChosen, onSuccess: onChosen, networkMode: 'always' })
  const take = (file: File | undefined) => {
    if (!file) return
    read.reset()
    setTooLarge(file.size > MAX_FILES_BYTES)
    if (file.size <= MAX_FILES_BYTES) read.mutate(file)
  }
  return (
    <Stack gap="md">
      <Text size="sm">{words.chooseHelp}</Text>
      <ErrorNote error={tooLarge ? words.tooLarge : read.error && words.unread} title={words.stopped} />
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
        <IconFileZip size={40} stroke={1.5} aria-hidden />
        <input
          ref={input}
          type="file"
          accept=".zip,.json,application/zip,application/json"
          hidden
          data-testid="import-files"
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = '' // the same file may be chosen again once it is mended
          }}
        />
        <Button ref={button} data-autofocus loading={read.isPending} onClick={() => input.current?.click()}>
          {words.choose}
        </Button>
        <Text size="sm" role="status">
          {read.isPending ? words.reading : words.drop}
        </Text>
        <Text size="sm" c="dimmed">
          {words.accepted}
        </Text>
      </div>
    </Stack>
  )
}
