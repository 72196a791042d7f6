import { ActionIcon, Button, Checkbox, Group, Paper, Select, Stack, Switch, Table, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconArrowUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { inspect, makeTemplate, makeVersion, type Found, type FoundInput } from '../../api/clones'
import { ErrorNote } from '../../components/ErrorNote'
import { clones as words } from '../../lib/text/en/clones'
import classes from './Clones.module.css'

/** What a template asks for, and how each is filled in. */
export function Recipe({ ws, found, ids, template }: { ws: string; found: Found; ids: string[]; template?: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [inputs, setInputs] = useState(found.inputs)
  const [texts, setTexts] = useState(found.texts)
  const [about, setAbout] = useState({ name: found.workflows[0]?.name ?? '', summary: '', notes: '' })
  const body = () => ({
    workflow_ids: ids,
    inputs: inputs.map((i) => ({
      key: i.key, stands_for: i.stands_for, kind: i.kind, label: i.label, help: i.help, mode: i.mode, required: i.required, default: i.default, example: i.example,
    })),
    texts: texts.filter((t) => t.marked).map(({ workflow, step, pointer }) => ({ workflow, step, pointer })),
  })
  const again = useMutation({
    mutationFn: () => inspect(ws, body()),
    onSuccess: (now) => {
      setInputs(now.inputs)
      setTexts(now.texts)
    },
  })
  const save = useMutation({
    mutationFn: () => (template ? makeVersion(ws, template, { ...body(), notes: about.notes }) : makeTemplate(ws, { ...body(), name: about.name, summary: about.summary, category: '' })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['ws', ws, 'templates'] })
      await navigate({ to: '/w/$ws/templates', params: { ws } })
    },
  })
  const change = (key: string, next: Partial<FoundInput>) => setInputs((was) => was.map((i) => (i.key === key ? { ...i, ...next } : i)))
  const raise = (at: number) =>
    setInputs((was) => {
      const next = [...was]
      const [moved] = next.splice(at, 1)
      if (moved) next.splice(at - 1, 0, moved)
      return next
    })
  return (
    <Stack gap="lg">
      <ErrorNote error={save.error} title={words.failed} />
      {!template && (
        <Group grow align="start">
          <TextInput label={words.name} required value={about.name} onChange={(e) => setAbout({ ...about, name: e.currentTarget.value })} />
          <TextInput label={words.summary} value={about.summary} onChange={(e) => setAbout({ ...about, summary: e.currentTarget.value })} />
        </Group>
      )}
      {template && <Textarea label={words.notes} autosize value={about.notes} onChange={(e) => setAbout({ ...about, notes: e.currentTarget.value })} />}
      <section>
        <Title order={2} size="h4" mb="xs">
          {words.inputs}
        </Title>
        {inputs.length === 0 && <Text c="dimmed">{words.noInputs}</Text>}
        <Stack gap="sm">
          {inputs.map((input, at) => (
            <Paper key={input.key} withBorder p="sm" radius="md">
              <Group align="end" wrap="nowrap">
                <ActionIcon variant="subtle" aria-label={words.up(input.label)} disabled={at === 0} onClick={() => raise(at)}>
                  <IconArrowUp size={18} aria-hidden />
                </ActionIcon>
                <TextInput className={classes.grow} label={`${words.label} (${words.kinds[input.kind as keyof typeof words.kinds]})`} value={input.label} onChange={(e) => change(input.key, { label: e.currentTarget.value })} />
                <Select
                  label={words.mode}
                  data={input.modes.map((mode) => ({ value: mode, label: words.modes[mode as keyof typeof words.modes] }))}
                  value={input.mode}
                  allowDeselect={false}
                  onChange={(mode) => mode && change(input.key, { mode: mode as FoundInput['mode'], default: mode === 'fixed' && !input.default ? input.shown : input.default })}
                />
                {input.kind !== 'secret' && input.kind !== 'connection' && input.kind !== 'contact_field' && (
                  <TextInput
                    className={classes.grow}
                    label={words.standard}
                    value={typeof input.default === 'string' ? input.default : ''}
                    onChange={(e) => change(input.key, { default: e.currentTarget.value || null })}
                  />
                )}
                <Switch mb={8} label={words.required} checked={input.required} onChange={(e) => change(input.key, { required: e.currentTarget.checked })} />
              </Group>
              <Group mt={6} gap="md">
                <TextInput className={classes.grow} size="xs" label={words.help} value={input.help} onChange={(e) => change(input.key, { help: e.currentTarget.value })} />
                <Text size="xs" c="dimmed" className={classes.grow}>
                  {input.places.map((p) => p.name).join(', ')}
                  {input.shown !== '' && ` · ${words.stands}: ${input.shown}`}
                </Text>
              </Group>
            </Paper>
          ))}
        </Stack>
      </section>
      {texts.length > 0 && (
        <section>
          <Title order={2} size="h4">
            {words.texts}
          </Title>
          <Text c="dimmed" size="sm" mb="xs">
            {words.textsHelp}
          </Text>
          <Table>
            <Table.Tbody>
              {texts.map((t, at) => (
                <Table.Tr key={`${t.workflow} ${t.step} ${t.pointer}`}>
                  <Table.Td>
                    <Checkbox
                      label={`${t.name}: ${t.label}`}
                      checked={t.marked}
                      disabled={again.isPending}
                      onChange={(e) => {
                        const marked = e.currentTarget.checked
                        setTexts((was) => was.map((one, i) => (i === at ? { ...one, marked } : one)))
                      }}
                    />
                  </Table.Td>
                  <Table.Td className={classes.cut}>{t.text}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Button mt="sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {words.look}
          </Button>
        </section>
      )}
      <Group justify="flex-end">
        <Button loading={save.isPending} disabled={!template && about.name.trim() === ''} onClick={() => save.mutate()}>
          {template ? words.saveVersion : words.save}
        </Button>
      </Group>
    </Stack>
  )
}
