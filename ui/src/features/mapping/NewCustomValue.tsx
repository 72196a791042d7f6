import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { ApiError } from '../../api/http'
import { ErrorNote } from '../../components/ErrorNote'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { createCustomValue, customValuesQuery } from './api'
import { useMappingWorld } from './MappingScope'

interface Props {
  /** What it may be called; empty when nobody said. */
  name: string
  onCancel: () => void
  onMade: (key: string) => void
}

/** Makes a custom value on the spot. */
export function NewCustomValue({ name: given, onCancel, onMade }: Props) {
  const { ws } = useMappingWorld()
  const client = useQueryClient()
  const [name, setName] = useState(given)
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLTextAreaElement>(null)
  useEffect(() => (given === '' ? first : second).current?.focus({ preventScroll: true }), [given])
  const [value, setValue] = useState('')
  const make = useMutation({
    mutationFn: () => createCustomValue(ws, { name: name.trim(), value }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: customValuesQuery(ws).queryKey })
      onMade(made.key)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the portal's events reach the form around the field
    if (name.trim() !== '') make.mutate()
  }
  const field = (key: string) => (make.error instanceof ApiError ? make.error.field(key) : undefined)
  const placed = field('name') ?? field('key') ?? field('value')
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" p="sm" w={340}>
        <Text fw={650}>{words.picker.newValue}</Text>
        <Text size="sm" c="dimmed">
          {words.picker.noValues}
        </Text>
        <TextInput ref={first} label={words.picker.valueName} value={name} onChange={(e) => setName(e.currentTarget.value)} error={field('name') ?? field('key')} required maxLength={200} />
        <Textarea ref={second} label={words.picker.value} value={value} onChange={(e) => setValue(e.currentTarget.value)} error={field('value')} autosize minRows={1} maxRows={5} />
        {!placed && <ErrorNote error={make.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {words.picker.cancel}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
            {words.picker.create}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
