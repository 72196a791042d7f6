import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { importQuery, type Header } from '../../api/imports'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { imports as words } from '../../lib/text/en/imports'
import { ImportFile } from './ImportFile'

const ImportColumns = lazy(() => import('./ImportColumns').then((m) => ({ default: m.ImportColumns })))
const ImportResult = lazy(() => import('./ImportResult').then((m) => ({ default: m.ImportResult })))

/** Contacts from a file: choose it, match its columns, watch it. The file is in the address, so a reload goes on. */
export function ImportPage() {
  const { ws } = useParams({ from: '/w/$ws/contacts/import' })
  const { file: id } = useSearch({ from: '/w/$ws/contacts/import' })
  const navigate = useNavigate()
  const [header, setHeader] = useState<Header>('auto')
  const { data: file, error, refetch, isPending } = useQuery({ ...importQuery(ws, id ?? '', header), enabled: Boolean(id), placeholderData: (before) => before })
  const [started, setStarted] = useState<string>()
  const job = started ?? file?.job_id ?? undefined
  const choose = (next: string | undefined) => {
    setStarted(undefined)
    setHeader('auto')
    void navigate({ to: '/w/$ws/contacts/import', params: { ws }, search: { file: next }, replace: true })
  }
  const step = !id ? 0 : job ? 2 : 1
  return (
    <Page title={words.title} back={{ label: words.back, to: { to: '/w/$ws/contacts', params: { ws } } }}>
      <Text fw={600} mb="md" role="status">
        {words.step(step + 1, words.steps.length, words.steps[step] ?? '')}
      </Text>
      {!id && <ImportFile ws={ws} onRead={(read) => choose(read.id)} />}
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {id && isPending && !error && <Skeleton height={240} radius="lg" />}
      <Suspense fallback={<Skeleton height={240} radius="lg" />}>
        {id && file && !job && (
          <ImportColumns
            key={`${file.id}${file.header}`}
            ws={ws}
            file={file}
            header={header}
            onHeader={(yes) => setHeader(yes ? 'yes' : 'no')}
            onStarted={setStarted}
            onAgain={() => choose(undefined)}
          />
        )}
        {id && job && <ImportResult ws={ws} id={id} job={job} onAgain={() => choose(undefined)} />}
      </Suspense>
    </Page>
  )
}
