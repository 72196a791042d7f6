import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError } from '../../api/http'
import type { Target } from '../../api/targets'
import { nodeTypesQuery } from '../../api/nodeTypes'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { paramsWords as words } from '../../lib/text/en/params'
import { makeConnection } from './api'
import { fieldsOf, type Params } from './field'
import { FieldList } from './FieldList'
import { FormProvider, useForm } from './Form'

interface Props {
  name: string
  onMade: (made: Target) => void
  onClose: () => void
}

/** Makes a connection without leaving the step; its fields come from its own descriptor. */
export function ConnectionDialog({ name: given, onMade, onClose }: Props) {
  const { scope } = useForm()
  const { data: types } = useQuery(nodeTypesQuery)
  const kinds = [...(types?.values() ?? [])].filter((t) => t.kind === 'connection')
  const [chosen, setChosen] = useState('')
  const type = kinds.find((t) => t.type === chosen) ?? kinds[0]
  const [name, setName] = useState(given)
  const [params, setParams] = useState<Params>({})
  const make = useMutation({
    mutationFn: () => makeConnection(scope.ws, { type: type?.type ?? '', name: name.trim(), params }),
    onSuccess: onMade,
  })
  const problems = make.error instanceof ApiError ? make.error.problems : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the form around the field is not meant
    make.mutate()
  }
  const nameProblem = problems.find((p) => p.pointer === '/name')?.detail
  return (
    <Modal opened onClose={onClose} changed={name !== given || Object.keys(params).length > 0} title={words.connection.title} zIndex={320}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <NativeSelect
            data-autofocus
            label={words.connection.type}
            data={kinds.map((t) => ({ value: t.type, label: t.name }))}
            value={type?.type ?? ''}
            onChange={(e) => {
              setChosen(e.currentTarget.value)
              setParams({})
            }}
          />
          <TextInput label={words.connection.name} placeholder={words.connection.namePlaceholder} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={nameProblem} maxLength={200} />
          {type && (
            <FormProvider scope={scope} problems={problems} readOnly={false}>
              <FieldList fields={fieldsOf(type)} params={params} onChange={setParams} pointer="/params" />
            </FormProvider>
          )}
          {problems.length === 0 && <ErrorNote error={make.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.connection.cancel}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
              {words.connection.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
