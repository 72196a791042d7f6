import { Button, Group, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { importFiles, previewQuery, type Chosen, type Existing, type FilesReport } from '../../api/files'
import { ApiError } from '../../api/http'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { files as words } from '../../lib/text/en/files'
import { ChooseFiles } from './ChooseFiles'
import { FilesDone } from './FilesDone'
import classes from './Files.module.css'

/** Takes files in: choose one, see what it would do, import it, see what was done. */
export function ImportFiles({ ws, onClose }: { ws: string; onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen>()
  const [report, setReport] = useState<FilesReport>()
  const again = () => {
    setChosen(undefined)
    setReport(undefined)
  }
  return (
    <Modal opened onClose={onClose} title={words.importTitle} size="xl">
      {!chosen && <ChooseFiles onChosen={setChosen} />}
      {chosen && !report && <Preview key={chosen.stamp} ws={ws} chosen={chosen} onDone={setReport} onOther={again} />}
      {report && <Result ws={ws} report={report} onAgain={again} onClose={onClose} />}
    </Modal>
  )
}

function Result({ ws, report, onAgain, onClose }: { ws: string; report: FilesReport; onAgain: () => void; onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => close.current?.focus(), []) // the button that had the keyboard is gone
  return (
    <Stack gap="md">
      <FilesDone ws={ws} report={report} onLeave={onClose} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
        <Button ref={close} onClick={onClose}>
          {words.close}
        </Button>
      </Group>
    </Stack>
  )
}

interface PreviewProps {
  ws: string
  chosen: Chosen
  onDone: (report: FilesReport) => void
  onOther: () => void
}

/** What would become of each thing of the file, and the choice about what is there already. */
function Preview({ ws, chosen, onDone, onOther }: PreviewProps) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const [existing, setExisting] = useState<Existing>('keep')
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => heading.current?.focus(), []) // the button that had the keyboard is gone
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({ ...previewQuery(ws, chosen, existing), placeholderData: (before) => before })
  const go = useMutation({
    mutationFn: () => importFiles(ws, chosen, existing),
    onSuccess: (report) => {
      announce(words.done)
      onDone(report)
      void client.invalidateQueries({ queryKey: ['ws', ws] })
    },
  })
  const choose = (value: string) => {
    go.reset()
    setExisting(value as Existing)
  }
  const failure = go.error ?? error
  const stores = data?.items.some((item) => item.action === 'created' || item.action === 'changed') ?? false
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text fw={600} ref={heading} tabIndex={-1} className={classes.file}>
          {words.file(chosen.name)}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={onOther} disabled={go.isPending}>
          {words.other}
        </Button>
      </Group>
      <Radio.Group label={words.existing} value={existing} onChange={choose}>
        <div className={classes.choices}>
          {(Object.keys(words.choices) as Existing[]).map((value) => (
            <Radio key={value} value={value} label={words.choices[value][0]} description={words.choices[value][1]} disabled={go.isPending} />
          ))}
        </div>
      </Radio.Group>
      <Refusal error={failure} title={go.error ? words.failed : words.stopped} onRetry={go.error ? undefined : () => void refetch()} />
      {isFetching && (
        <Text size="sm" c="dimmed" role="status">
          {words.looking}
        </Text>
      )}
      {!data && isFetching && <Skeleton height={180} radius="lg" />}
      {data && !error && (
        <div className={isPlaceholderData ? classes.old : undefined} aria-busy={isPlaceholderData}>
          <FilesDone ws={ws} report={data} />
        </div>
      )}
      <Group justify="flex-end">
        {data && !error && !stores && !isFetching && (
          <Text size="sm" className={classes.why}>
            {whyNothing(data)}
          </Text>
        )}
        <Button loading={go.isPending} disabled={!data || isFetching || !!error || !stores} onClick={() => go.mutate()}>
          {words.go}
        </Button>
      </Group>
    </Stack>
  )
}

function whyNothing({ items }: FilesReport): string {
  if (items.length === 0) return words.empty
  return items.some((item) => item.action === 'different') ? words.nothingKept : words.nothing
}

/** Why it cannot be: each wrong place by its file and where in it, or what went wrong else, with a way to try again. */
function Refusal({ error, title, onRetry }: { error: unknown; title: string; onRetry?: () => void }) {
  const problems = error instanceof ApiError ? error.problems : []
  if (problems.length === 0) {
    const again = error instanceof ApiError && error.status >= 400 && error.status < 500 ? undefined : onRetry // the same file would be refused again
    return <ErrorNote error={error} title={title} onRetry={again} />
  }
  return (
    <ErrorNote error={words.mend(problems.length)} title={words.refused}>
      <ul className={classes.problems} tabIndex={0} aria-label={words.refused}>
        {problems.map((problem) => {
          const [file = '', pointer = ''] = split(problem.pointer ?? '')
          return (
            <li key={`${problem.pointer}${problem.detail}`}>
              {(file || pointer) && <code>{words.place(file, pointer)}</code>}
              <span>{problem.detail}</span>
            </li>
          )
        })}
      </ul>
    </ErrorNote>
  )
}

/** A place is the path of a file, # and the JSON pointer; of a single file the pointer alone. */
function split(place: string): [file: string, pointer: string] {
  const at = place.lastIndexOf('#/')
  if (at >= 0) return [place.slice(0, at), place.slice(at + 1)]
  return place.startsWith('/') ? ['', place] : [place.replace(/#$/, ''), '']
}
