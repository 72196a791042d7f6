import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { requestConnection } from '../../api/agency'
import type { NodeType } from '../../api/nodeTypes'
import { createConnection, deleteConnection, testConnection, updateConnection, type Connection } from '../../api/settings'
import { FormFrame } from '../../components/FormFrame'
import { agency } from '../../lib/text/en/agency'
import { common } from '../../lib/text/en/common'
import { connections as words } from '../../lib/text/en/setup'
import { useForm } from '../../lib/useForm'
import { ClientLinkNote } from './ClientLinkNote'
import { ConnectionField } from './ConnectionField'
import { isOfApp, isShown, sentParams, typedParams, withoutSecrets, type ConnectionValues } from './connectionForm'
import { Tried } from './Tried'

/** What a connection that was made tells whoever asked for one. */
export type Made = Pick<Connection, 'id' | 'name' | 'type'>

interface Props {
  ws: string
  type: NodeType
  /** The one that is changed; a new one is made when missing. */
  connection?: Connection
  name?: string
  start?: ConnectionValues
  onMade?: (made: Made) => void
  onBack?: () => void
  /** Told whether it holds something that is not saved. */
  onChanged: (changed: boolean) => void
  onClose: () => void
}

/** What came of a test; one that could not be made is one that did not work, as the connection is there already. */
const tried = (ws: string, id: string) => testConnection(ws, id).catch((error: Error) => ({ ok: false, message: error.message, account: '' }))

/** The fields of a connection, by what its type says of itself. A new one that can be tried out is, before it is taken. */
export function ConnectionForm({ ws, type, connection, name: called, start, onMade, onBack, onChanged, onClose }: Props) {
  const client = useQueryClient()
  const fields = type.fields ?? []
  const form = useForm<{ name: string; params: ConnectionValues }>({
    name: connection?.name ?? (called || (isOfApp(type) ? type.name : '')),
    params: { ...typedParams(fields, connection?.params), ...start },
  })
  const { dirty } = form
  useEffect(() => onChanged(dirty), [onChanged, dirty])
  const [missed, setMissed] = useState(false)
  const [noJson, setNoJson] = useState('')
  const { name, params } = form.values
  const listAgain = () => client.invalidateQueries({ queryKey: ['ws', ws, 'connections'] })
  const take = (made: Made) => {
    onMade?.(made)
    onClose()
  }
  const save = useMutation({
    mutationFn: async (sent: Record<string, unknown>) => {
      if (connection) return { made: await updateConnection(ws, connection.id, { name: name.trim(), params: sent }) }
      const made = await createConnection(ws, { type: type.type, name: name.trim(), params: sent })
      // One that asks for a sign-in cannot work before it.
      return { made, tested: type.testable && !type.signs_in ? await tried(ws, made.id) : undefined }
    },
    onError: form.fail,
    onSuccess: async ({ made, tested }) => {
      await listAgain()
      onChanged(false)
      if (!tested || (tested.ok && !tested.account)) take(made)
    },
  })
  const again = useMutation({
    mutationFn: (id: string) => deleteConnection(ws, id),
    onSuccess: async () => {
      save.reset()
      // What did not work is most likely the credential, so it is asked for anew.
      form.set({ params: withoutSecrets(fields, params) })
      onChanged(true)
      await listAgain()
    },
  })
  const ask = useMutation({
    mutationFn: (sent: Record<string, unknown>) => requestConnection(ws, { type: type.type, name: name.trim(), params: withoutSecrets(fields, sent) }),
    onError: form.fail,
    onSuccess: listAgain,
  })
  const submit = (send: (sent: Record<string, unknown>) => void) => {
    setMissed(name.trim() === '')
    if (name.trim() === '') return
    form.fail(null)
    try {
      setNoJson('')
      send(sentParams(fields, params, connection?.params))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      setNoJson(error.message)
    }
  }
  if (ask.data) {
    const { data } = ask
    return <ClientLinkNote name={data.name} url={data.link.url ?? ''} onDone={() => take({ ...data, type: type.type })} />
  }
  if (save.data?.tested) {
    const { made, tested } = save.data
    return <Tried result={tested} onTake={() => take(made)} onAgain={() => again.mutate(made.id)} busy={again.isPending} error={again.error} />
  }
  return (
    <FormFrame onSubmit={() => submit(save.mutate)} failure={form.failure} keys={['name', ...fields.map((f) => `params/${f.key}`)]} title={words.failed}>
      <Text size="sm" c="dimmed">
        {type.summary}
      </Text>
      <TextInput
        label={words.name}
        description={words.nameHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-autofocus
        {...form.text('name')}
        error={form.error('name') ?? (missed && name.trim() === '' ? words.needName : undefined)}
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
          <Button variant="subtle" loading={ask.isPending} title={agency.link.insteadHelp} onClick={() => submit(ask.mutate)}>
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
