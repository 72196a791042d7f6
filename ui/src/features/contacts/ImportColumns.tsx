import { Button, Checkbox, Group, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { tagsQuery } from '../../api/contacts'
import { startImport, type Header, type ImportFile } from '../../api/imports'
import { FormFrame } from '../../components/FormFrame'
import { imports as words } from '../../lib/text/en/imports'
import { useForm } from '../../lib/useForm'
import classes from './Import.module.css'

interface Props {
  ws: string
  file: ImportFile
  header: Header
  onHeader: (yes: boolean) => void
  onStarted: (job: string) => void
  onAgain: () => void
}

/** The columns with names that tell them apart: a file may give two of them the same heading. */
export function named<C extends { index: number; heading: string }>(columns: C[]): C[] {
  const plain = (column: C) => column.heading.trim().toLowerCase()
  const isOnly = (column: C) => columns.every((other) => other === column || plain(other) !== plain(column))
  return columns.map((column) => (isOnly(column) ? column : { ...column, heading: words.nth(column.heading.trim(), column.index + 1) }))
}

/** Matches the columns of a file with what contacts have, and starts the import. */
export function ImportColumns({ ws, file, header, onHeader, onStarted, onAgain }: Props) {
  const { data: tags } = useQuery(tagsQuery(ws))
  const form = useForm({ columns: file.columns.map((c) => c.guess), tags: [] as string[], keep_existing: false, start_workflows: false })
  const { columns } = form.values
  const start = useMutation({
    mutationFn: () => startImport(ws, file.id, { ...form.values, header: header === 'auto' ? (file.header ? 'yes' : 'no') : header }),
    onError: form.fail,
    onSuccess: (started) => onStarted(started.job_id),
  })
  const targets = file.targets.map((t) => ({ value: t.target, label: t.label }))
  const choose = (index: number, target: string | null) =>
    form.set({ columns: columns.map((was, i) => (i === index ? (target ?? '') : was)) }, `columns/${index}`)
  return (
    <FormFrame
      onSubmit={() => {
        form.fail(null)
        start.mutate()
      }}
      failure={form.failure}
      keys={file.columns.map((c) => `columns/${c.index}`)}
      title={words.failed}
    >
      <Group justify="space-between">
        <Text>
          {file.name && <strong>{file.name}: </strong>}
          {words.rows(file.rows)}
        </Text>
        <Switch label={words.header} checked={file.header} onChange={(e) => onHeader(e.currentTarget.checked)} />
      </Group>
      <ul className={classes.columns}>
        {named(file.columns).map((column) => (
          <li key={column.index} className={columns[column.index] ? undefined : classes.out}>
            <span className={classes.name}>{column.heading}</span>
            <span className={classes.samples} title={column.samples.join('\n')}>
              {column.samples.join(', ')}
            </span>
            <Select
              aria-label={words.becomesOf(column.heading)}
              placeholder={words.leaveOut}
              data={targets}
              value={columns[column.index] || null}
              onChange={(target) => choose(column.index, target)}
              error={form.error(`columns/${column.index}`)}
              searchable
              clearable
            />
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {words.known} {words.newField}
      </Text>
      <Stack gap="sm" maw={560}>
        <TagsInput
          label={words.tags}
          description={words.tagsHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(tags?.items ?? []).map((tag) => tag.name)}
          value={form.values.tags}
          onChange={(value) => form.set({ tags: value })}
          error={form.error('tags')}
          acceptValueOnBlur
          maxDropdownHeight={180}
        />
        <Checkbox label={words.keep} checked={form.values.keep_existing} onChange={(e) => form.set({ keep_existing: e.currentTarget.checked })} />
        <Checkbox label={words.start} description={words.startHelp} checked={form.values.start_workflows} onChange={(e) => form.set({ start_workflows: e.currentTarget.checked })} />
      </Stack>
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
        {file.rows === 0 && (
          <Text size="sm" c="dimmed" role="status">
            {words.noRows}
          </Text>
        )}
        <Button type="submit" loading={start.isPending} disabled={file.rows === 0}>
          {words.go(file.rows)}
        </Button>
      </Group>
    </FormFrame>
  )
}
