import { Anchor, Button, Checkbox, FileInput, Group, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { sheetAddress, type CloneRows } from '../../api/clones'
import { meQuery } from '../../api/session'
import type { Template } from '../../api/templates'
import { clones as words } from '../../lib/text/en/clones'
import { Input } from './Input'

/** For whom: a sheet of clients, or some that are chosen here. */
export function Who({ ws, template, pending, onCheck }: { ws: string; template: Template; pending: boolean; onCheck: (body: CloneRows) => void }) {
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
