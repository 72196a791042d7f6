import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ApiError } from '../../api/http'
import type { Target } from '../../api/targets'
import { nodeTypesQuery } from '../../api/nodeTypes'
import { deleteConnection, testConnection } from '../../api/settings'
import { ErrorNote } from '../../components/ErrorNote'
import { Modal } from '../../components/Modal'
import { paramsWords as words } from '../../lib/text/en/params'
import { makeConnection } from './api'
import { fieldsOf, type Params } from './field'
import { FieldList } from './FieldList'
import { FormProvider, useForm } from './Form'

interface Props {
  name: string
  /** The type, when the field takes no other one. */
  of?: string
  onMade: (made: Target) => void
  onClose: () => void
}

/**
 * Makes a connection without leaving the step; its fields come from its own descriptor.
 * One that can be tried out is, before it is taken.
 */
export function ConnectionDialog({ name: given, of, onMade, onClose }: Props) {
  const { scope } = useForm()
  const { data: types } = useQuery(nodeTypesQuery)
  const kinds = [...(types?.values() ?? [])].filter((t) => t.kind === 'connection' && (!of || t.type === of))
  const [chosen, setChosen] = useState('')
  const type = kinds.find((t) => t.type === chosen) ?? kinds[0]
  const [typed, setName] = useState<string>()
  const name = typed ?? (given || (of && type ? type.name : ''))
  const [params, setParams] = useState<Params>({})
  const make = useMutation({
    mutationFn: async () => {
      const made = await makeConnection(scope.ws, { type: type?.type ?? '', name: name.trim(), params })
      // One that asks for a sign-in cannot work before it.
      const tested = type?.testable && !type.signs_in ? await testConnection(scope.ws, made.id) : { ok: true, message: '', account: '' }
      return { made, tested }
    },
    onSuccess: ({ made, tested }) => {
      if (tested.ok && !tested.account) onMade(made)
    },
  })
  const again = useMutation({
    mutationFn: (id: string) => deleteConnection(scope.ws, id),
    onSettled: () => {
      make.reset()
      // What did not work is most likely the credential, so it is asked for anew.
      const secret = new Set(type?.fields?.filter((f) => f.kind === 'secret').map((f) => f.key))
      setParams((last) => Object.fromEntries(Object.entries(last).filter(([key]) => !secret.has(key))))
    },
  })
  const result = make.data?.tested
  const problems = make.error instanceof ApiError ? make.error.problems : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the form around the field is not meant
    make.mutate()
  }
  const nameProblem = problems.find((p) => p.pointer === '/name')?.detail
  return (
    <Modal opened onClose={onClose} changed={typed !== undefined || Object.keys(params).length > 0} title={words.connection.title} zIndex={320}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {!of && (
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
          )}
          {of && type && (
            <Text size="sm" c="dimmed">
              {type.summary}
            </Text>
          )}
          <TextInput label={words.connection.name} placeholder={words.connection.namePlaceholder} required value={name} onChange={(e) => setName(e.currentTarget.value)} error={nameProblem} maxLength={200} />
          {type && (
            <FormProvider scope={scope} problems={problems} readOnly={false}>
              <FieldList fields={fieldsOf(type)} params={params} onChange={setParams} pointer="/params" />
            </FormProvider>
          )}
          {problems.length === 0 && <ErrorNote error={make.error} />}
          {result && (
            <Alert role="status" color={result.ok ? 'green' : 'red'} title={result.ok ? words.connection.connected(result.account ?? '') : words.connection.refused}>
              {result.message}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            {make.data && !make.data.tested.ok ? (
              <>
                <Button variant="default" onClick={() => onMade(make.data.made)}>
                  {words.connection.anyway}
                </Button>
                <Button loading={again.isPending} onClick={() => again.mutate(make.data.made.id)}>
                  {words.connection.again}
                </Button>
              </>
            ) : make.data ? (
              <Button data-autofocus onClick={() => onMade(make.data.made)}>
                {words.connection.use}
              </Button>
            ) : (
              <>
                <Button variant="default" onClick={onClose}>
                  {words.connection.cancel}
                </Button>
                <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
                  {words.connection.create}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
