import { Anchor, Button, Checkbox, FileInput, Group, MultiSelect, Progress, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { checkClones, reportAddress, reportQuery, sheetAddress, startClones, type Checked, type CloneRows } from '../../api/clones'
import { isJobOver } from '../../api/jobs'
import { meQuery } from '../../api/session'
import { templatesQuery, type Template } from '../../api/templates'
import { ErrorNote } from '../../components/ErrorNote'
import { Page } from '../../components/Page'
import { Input } from './Input'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'
import { CloneList } from './CloneList'

/** Puts a template into the workspaces of clients: who, what is wrong, progress, report. */
export function WizardPage() {
  const { ws, id } = useParams({ from: '/w/$ws/templates/$id/clone' })
  const { data, error } = useQuery(templatesQuery(ws))
  const template = data?.items?.find((t) => t.id === id)
  const [rows, setRows] = useState<CloneRows>()
  const [job, setJob] = useState<string>()
  const check = useMutation({ mutationFn: (body: CloneRows) => checkClones(ws, id, body), onSuccess: (_, body) => setRows(body) })
  const start = useMutation({ mutationFn: (body: CloneRows) => startClones(ws, id, body), onSuccess: (started) => setJob(started.job_id) })
  const restart = () => {
    setJob(undefined)
    setRows(undefined)
  }
  return (
    <Page title={words.wizard(template?.name ?? '')} help={words.wizardHelp} back={{ label: words.back, to: { to: '/w/$ws/templates', params: { ws } } }}>
      <ErrorNote error={error ?? check.error ?? start.error} />
      {template && !rows && !job && <Who ws={ws} template={template} pending={check.isPending} onCheck={(body) => check.mutate(body)} />}
      {rows && check.data && !job && (
        <Rows checked={check.data} again={rows.again === true} pending={start.isPending} onBack={() => setRows(undefined)} onGo={() => start.mutate(rows)} />
      )}
      {job && <Report ws={ws} job={job} onAgain={restart} />}
      {template && !rows && !job && <CloneList ws={ws} template={id} />}
    </Page>
  )
}

function Who({ ws, template, pending, onCheck }: { ws: string; template: Template; pending: boolean; onCheck: (body: CloneRows) => void }) {
  const { data: me } = useQuery(meQuery)
  const [by, setBy] = useState('sheet')
  const [file, setFile] = useState<File | null>(null)
  const [clients, setClients] = useState<string[]>([])
  const [given, setGiven] = useState<Record<string, string | boolean>>({})
  const [options, setOptions] = useState({ create_missing: true, again: false, publish: false })
  const asked = template.inputs.filter((i) => i.mode === 'ask')
  const submit = async () => {
    if (by === 'sheet' && file) return onCheck({ ...options, csv: await file.text() })
    const inputs = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    onCheck({ ...options, create_missing: false, rows: clients.map((client) => ({ client, inputs })) })
  }
  const option = (key: keyof typeof options, label: string) => (
    <Checkbox label={label} checked={options[key]} onChange={(e) => setOptions({ ...options, [key]: e.currentTarget.checked })} />
  )
  return (
    <Stack gap="md" maw={720}>
      <SegmentedControl
        aria-label={words.who}
        value={by}
        onChange={setBy}
        data={[
          { value: 'sheet', label: words.sheet },
          { value: 'pick', label: words.pick },
        ]}
      />
      {by === 'sheet' ? (
        <>
          <Text size="sm">{words.sheetHelp}</Text>
          <Anchor href={sheetAddress(ws, template.id)} download>
            <IconDownload size={16} aria-hidden /> {words.download}
          </Anchor>
          <FileInput label={words.choose} accept=".csv,text/csv" value={file} onChange={setFile} />
        </>
      ) : (
        <>
          <Text size="sm">{words.pickHelp}</Text>
          <MultiSelect
            label={words.clients}
            data={(me?.workspaces ?? []).filter((w) => w.slug !== ws && w.id !== ws).map((w) => ({ value: w.id, label: w.name }))}
            value={clients}
            onChange={setClients}
            searchable
          />
          {asked.filter((i) => i.kind !== 'connection').map((input) => (
            <Input
              key={input.key}
              ws={ws}
              input={input.kind === 'offer' || input.kind === 'form' ? { ...input, kind: 'text' } : input}
              value={given[input.key] ?? ''}
              onChange={(value) => setGiven({ ...given, [input.key]: value })}
            />
          ))}
        </>
      )}
      {by === 'sheet' && option('create_missing', words.createMissing)}
      {option('publish', words.publish)}
      {option('again', words.again)}
      <Group>
        <Button loading={pending} disabled={by === 'sheet' ? !file : clients.length === 0} onClick={() => void submit()}>
          {words.check}
        </Button>
      </Group>
    </Stack>
  )
}

function Rows({ checked, again, pending, onBack, onGo }: { checked: Checked; again: boolean; pending: boolean; onBack: () => void; onGo: () => void }) {
  const usable = checked.rows.length - checked.refused
  const what = (row: Checked['rows'][number]) => {
    if (row.refused) return words.refused
    if (row.existed && !again) return words.existed
    if (row.wrong.length > 0) return words.lacking
    return row.creates ? words.creates : words.ready
  }
  const cell = (row: Checked['rows'][number], key: string) => {
    const wrong = row.wrong.filter((w) => w.key === key)
    return (
      <>
        {key === 'client' ? row.client : row.inputs[key]}
        {wrong.map((w) => (
          <Text key={w.detail} size="xs" className={classes.wrong}>
            {w.detail}
          </Text>
        ))}
      </>
    )
  }
  return (
    <Stack gap="md">
      <Text role="status">{words.found(checked.rows.length, checked.refused, checked.lacking)}</Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.check}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.row}</Table.Th>
              <Table.Th>{words.client}</Table.Th>
              {checked.columns.map((c) => (
                <Table.Th key={c.key}>{c.label}</Table.Th>
              ))}
              <Table.Th>{words.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {checked.rows.map((row) => (
              <Table.Tr key={row.row}>
                <Table.Td>{row.row}</Table.Td>
                <Table.Td>{cell(row, 'client')}</Table.Td>
                {checked.columns.map((c) => (
                  <Table.Td key={c.key}>{cell(row, c.key)}</Table.Td>
                ))}
                <Table.Td>{what(row)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group>
        <Button variant="default" onClick={onBack}>
          {words.change}
        </Button>
        <Button loading={pending} disabled={usable === 0} onClick={onGo}>
          {words.go(usable)}
        </Button>
      </Group>
    </Stack>
  )
}

/** Progress and what became of each client. */
export function Report({ ws, job, onAgain }: { ws: string; job: string; onAgain: () => void }) {
  const { data, error } = useQuery(reportQuery(ws, job))
  const over = data ? isJobOver(data.job) : false
  const done = (data?.job.done ?? 0) + (data?.job.failed ?? 0)
  return (
    <Stack gap="md">
      <ErrorNote error={error} />
      <Progress value={over ? 100 : (done / Math.max(data?.job.total ?? 1, 1)) * 100} animated={!over} aria-label={words.working} />
      <Text role="status">{words.reportOf(done, data?.job.total ?? 0)}</Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.report}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              {[words.client, words.workflow, words.trigger, words.url, words.status, words.reason].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(data?.rows ?? []).map((row, i) => (
              <Table.Tr key={`${row.workflow_id}${row.trigger}${i}`}>
                <Table.Td>{row.client}</Table.Td>
                <Table.Td>{row.workflow}</Table.Td>
                <Table.Td>{row.trigger}</Table.Td>
                <Table.Td className={classes.address}>{row.url}</Table.Td>
                <Table.Td>{words.statuses[row.status] ?? row.status}</Table.Td>
                <Table.Td>{row.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {over && (
        <Group>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} renderRoot={(props) => <a href={reportAddress(ws, job)} download {...props} />}>
            {words.downloadReport}
          </Button>
          <Button variant="default" onClick={onAgain}>
            {words.another}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
