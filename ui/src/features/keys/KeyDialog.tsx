import { Button, Group, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createKey, keysQuery } from '../../api/settings'
import { CopyButton } from '../../components/CopyButton'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { keys as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import classes from './Keys.module.css'
import { PARTS, scopesOf, type Level, type Rights } from './scopes'

const LEVELS: Record<Level, string> = { '': words.none, read: words.read, write: words.write, publish: words.publish }
const LIVES = Object.entries(words.lives).map(([value, label]) => ({ value, label }))
const DAY_MS = 24 * 60 * 60 * 1000

/** When a key ends; undefined for never. */
const endOf = (life: string) => (life === 'never' ? undefined : new Date(Date.now() + Number(life.slice(1)) * DAY_MS).toISOString())

/** Makes an API key and shows it, once. */
export function KeyDialog({ ws, agency, onClose }: { ws: string; agency: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const form = useForm<{ name: string; all: boolean; rights: Rights; life: string }>({ name: '', all: false, rights: {}, life: 'never' })
  const [tried, setTried] = useState(false)
  const { name, all, rights, life } = form.values
  const scopes = all ? ['*'] : scopesOf(rights)
  const make = useMutation({
    mutationFn: () => createKey(ws, agency, { name: name.trim(), scopes, expires_at: endOf(life) }),
    onError: form.fail,
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery(ws, agency).queryKey }),
  })
  const submit = () => {
    setTried(true)
    if (name.trim() === '' || scopes.length === 0) return
    form.fail(null)
    make.mutate()
  }
  if (make.data) {
    return (
      <Modal opened onClose={onClose} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false} title={words.madeTitle}>
        <Stack gap="md">
          <Text size="sm">{words.madeHelp}</Text>
          <div className={classes.key}>
            <span data-testid="new-key">{make.data.key}</span>
            <CopyButton value={make.data.key} label={words.copyKey} />
          </div>
          <Group justify="flex-end">
            <Button onClick={onClose}>{words.copied}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  }
  const wrong = form.error('scopes') ?? (tried && scopes.length === 0 ? words.needRights : undefined)
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={words.create} size="lg">
      <FormFrame onSubmit={submit} failure={form.failure} keys={['name', 'scopes', 'expires_at']} title={words.failed}>
        <TextInput
          label={words.name}
          description={words.nameHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
          {...form.text('name')}
          error={form.error('name') ?? (tried && name.trim() === '' ? words.needName : undefined)}
        />
        <Select
          label={words.expires}
          data={LIVES}
          value={life}
          onChange={(v) => v && form.set({ life: v }, 'expires_at')}
          allowDeselect={false}
          error={form.error('expires_at')}
        />
        <div role="group" aria-label={words.rights}>
          <Text size="sm" fw={500} mb="xs">
            {words.rights}
          </Text>
          <Switch mb="sm" label={words.everything} description={words.everythingHelp} checked={all} onChange={(e) => form.set({ all: e.currentTarget.checked }, 'scopes')} />
          {!all && (
            <div className={classes.rights}>
              {PARTS.map(({ part, levels }) => (
                <Part
                  key={part}
                  label={words.groups[part] ?? part}
                  levels={levels}
                  level={rights[part] ?? ''}
                  onChange={(level) => form.set({ rights: { ...rights, [part]: level } }, 'scopes')}
                />
              ))}
            </div>
          )}
          {wrong && (
            <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
              {wrong}
            </Text>
          )}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

interface PartProps {
  label: string
  levels: Level[]
  level: Level
  onChange: (level: Level) => void
}

function Part({ label, levels, level, onChange }: PartProps) {
  return (
    <>
      <Text size="sm">{label}</Text>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={level}
        onChange={(v) => onChange(v as Level)}
        data={levels.map((value) => ({ value, label: LEVELS[value] }))}
      />
    </>
  )
}
