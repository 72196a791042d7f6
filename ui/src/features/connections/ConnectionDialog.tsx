import { Button, Group, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { nodeTypesQuery, type NodeType } from '../../api/nodeTypes'
import { requestConnection } from '../../api/agency'
import { createConnection, updateConnection, type Connection } from '../../api/settings'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { StepIcon } from '../../components/StepIcon'
import { agency } from '../../lib/text/en/agency'
import { common } from '../../lib/text/en/common'
import { connections as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import { ClientLinkNote } from './ClientLinkNote'
import { ConnectionField } from './ConnectionField'
import { isShown, sentParams, typedParams, type ConnectionValues } from './connectionForm'
import classes from './Connections.module.css'

interface Props {
  ws: string
  connection?: Connection
  /** Made without asking for the kind. */
  type?: string
  /** What a new one begins with. */
  start?: ConnectionValues
  onMade?: (made: { id: string }) => void
  onClose: () => void
}

/** Ways to sign in anywhere stand before those at one service. */
const isOfApp = (type: NodeType) => !type.type.startsWith('auth.')

/** Creates a connection of a kind, or changes one. */
export function ConnectionDialog({ ws, connection, type: fixed, start, onMade, onClose }: Props) {
  const { data: types } = useQuery(nodeTypesQuery)
  const [chosen, setChosen] = useState<string | undefined>(connection?.type ?? fixed)
  const kinds = Array.from(types?.values() ?? [])
    .filter((t) => t.kind === 'connection')
    .toSorted((a, b) => Number(isOfApp(a)) - Number(isOfApp(b)) || a.name.localeCompare(b.name))
  const type = kinds.find((t) => t.type === chosen)
  const [changed, setChanged] = useState(false)
  return (
    <Modal opened onClose={onClose} changed={type !== undefined && changed} title={connection ? words.edit : words.create}>
      {type ? (
        <TypeForm key={type.type} ws={ws} type={type} connection={connection} start={start} onMade={onMade} onBack={connection || fixed ? undefined : () => setChosen(undefined)} onChanged={setChanged} onClose={onClose} />
      ) : (
        <>
          <Text size="sm" mb="sm">
            {words.choose}
          </Text>
          <div className={classes.kinds}>
            {kinds.map((kind) => (
              <UnstyledButton key={kind.type} className={classes.kind} onClick={() => setChosen(kind.type)}>
                <Group wrap="nowrap" gap="sm">
                  {isOfApp(kind) && <StepIcon type={kind.type} />}
                  <div>
                    <Text fw={600}>{kind.name}</Text>
                    <Text size="sm" c="dimmed">
                      {kind.summary}
                    </Text>
                  </div>
                </Group>
              </UnstyledButton>
            ))}
          </div>
        </>
      )}
    </Modal>
  )
}

interface FormProps {
  ws: string
  type: NodeType
  connection?: Connection
  start?: ConnectionValues
  onMade?: (made: { id: string }) => void
  onBack?: () => void
  /** Told whether it holds something that is not saved. */
  onChanged: (changed: boolean) => void
  onClose: () => void
}

function TypeForm({ ws, type, connection, start, onMade, onBack, onChanged, onClose }: FormProps) {
  const client = useQueryClient()
  const fields = type.fields ?? []
  const form = useForm<{ name: string; params: ConnectionValues }>({ name: connection?.name ?? '', params: { ...typedParams(fields, connection?.params), ...start } })
  const { dirty } = form
  useEffect(() => onChanged(dirty), [onChanged, dirty])
  const [tried, setTried] = useState(false)
  const [noJson, setNoJson] = useState('')
  const { name, params } = form.values
  const save = useMutation({
    mutationFn: (sent: Record<string, unknown>) =>
      connection
        ? updateConnection(ws, connection.id, { name: name.trim(), params: sent })
        : createConnection(ws, { type: type.type, name: name.trim(), params: sent }),
    onError: form.fail,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
      onMade?.(made)
      onClose()
    },
  })
  const ask = useMutation({
    mutationFn: (sent: Record<string, unknown>) => requestConnection(ws, { type: type.type, name: name.trim(), params: sent }),
    onError: form.fail,
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
      setAsked({ id: made.id, name: made.name, url: made.link.url ?? '' })
    },
  })
  const [asked, setAsked] = useState<{ id: string; name: string; url: string }>()
  const submit = (byClient = false) => {
    setTried(true)
    if (name.trim() === '') return
    form.fail(null)
    try {
      setNoJson('')
      const sent = sentParams(fields, params, connection?.params)
      if (byClient) ask.mutate(Object.fromEntries(Object.entries(sent).filter(([key]) => fields.find((f) => f.key === key)?.kind !== 'secret')))
      else save.mutate(sent)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      setNoJson(error.message)
    }
  }
  if (asked) {
    const done = () => {
      onMade?.(asked)
      onClose()
    }
    return <ClientLinkNote name={asked.name} url={asked.url} onDone={done} />
  }
  return (
    <FormFrame onSubmit={() => submit()} failure={form.failure} keys={['name', ...fields.map((f) => `params/${f.key}`)]} title={words.failed}>
      <Text size="sm" c="dimmed">
        {type.summary}
      </Text>
      <TextInput
        label={words.name}
        description={words.nameHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        {...form.text('name')}
        error={form.error('name') ?? (tried && name.trim() === '' ? words.needName : undefined)}
      />
      {fields
        .filter((field) => isShown(field, params, fields))
        .map((field) => (
          <ConnectionField
            key={field.key}
            field={field}
            value={params[field.key]}
            error={form.error(`params/${field.key}`) ?? (noJson === field.key ? words.badJson : undefined)}
            onChange={(value) => form.set({ params: { ...params, [field.key]: value } }, `params/${field.key}`)}
          />
        ))}
      <Group justify="flex-end">
        {onBack && (
          <Button variant="subtle" mr="auto" onClick={onBack}>
            {words.back}
          </Button>
        )}
        {!connection && (
          <Button variant="subtle" loading={ask.isPending} title={agency.link.insteadHelp} onClick={() => submit(true)}>
            {agency.link.instead}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {connection ? common.save : common.create}
        </Button>
      </Group>
    </FormFrame>
  )
}
