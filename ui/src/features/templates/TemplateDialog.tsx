import { Anchor, Button, Group, List, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useNodeType } from '../../api/nodeTypes'
import { valuesQuery } from '../../api/settings'
import { cloneTemplate, type Template, type TemplateInput } from '../../api/templates'
import { FormFrame } from '../../components/FormFrame'
import { Modal } from '../../components/Modal'
import { common } from '../../lib/text/en/common'
import { templates as words } from '../../lib/text/en/templates'
import { useForm } from '../../lib/useForm'
import { Input } from './Input'
import classes from './Templates.module.css'

type Inputs = Record<string, string | boolean>

/** Asks what a template needs to know, makes its workflows and opens the first. */
export function TemplateDialog({ ws, template, onClose }: { ws: string; template: Template; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const values = useInfiniteQuery(valuesQuery(ws))
  const known = new Set((values.data?.pages ?? []).flatMap((page) => page.items ?? []).filter((v) => v.value !== '' && v.value !== null).map((v) => v.key))
  const isKept = (input: TemplateInput) => input.kind === 'custom_value' && known.has(input.key)
  const inputs = template.inputs.filter((i) => i.kind !== 'contact_field' && i.mode === 'ask')
  const form = useForm<{ inputs: Inputs }>({ inputs: Object.fromEntries(inputs.map((i) => [i.key, first(i)])) })
  const [tried, setTried] = useState(false)
  const given = form.values.inputs
  const missing = inputs.filter((i) => i.required && given[i.key] === '' && !isKept(i))
  const make = useMutation({
    mutationFn: () => cloneTemplate(ws, template.id, { inputs: sent(inputs.filter((i) => !isKept(i)), given) }),
    onError: form.fail,
    onSuccess: async (made) => {
      for (const changed of ['workflows', 'values', 'fields']) void client.invalidateQueries({ queryKey: ['ws', ws, changed] })
      const [workflow] = made.workflows
      onClose()
      if (workflow) await navigate({ to: '/w/$ws/workflows/$id', params: { ws, id: workflow.id } })
    },
  })
  const submit = () => {
    setTried(true)
    if (missing.length > 0) return
    form.fail(null)
    make.mutate()
  }
  const kept = inputs.filter(isKept)
  const asked = inputs.filter((i) => !isKept(i))
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={template.name} size="lg">
      <FormFrame onSubmit={submit} failure={form.failure} keys={inputs.map((i) => `inputs/${i.key}`)} title={words.failed}>
        <Text size="sm">{template.summary}</Text>
        {asked.map((input) => (
          <Input
            key={input.key}
            ws={ws}
            input={input}
            value={given[input.key] ?? ''}
            error={form.error(`inputs/${input.key}`) ?? (tried && missing.includes(input) ? words.needed : undefined)}
            onChange={(value) => form.set((was) => ({ inputs: { ...was.inputs, [input.key]: value } }), `inputs/${input.key}`)}
          />
        ))}
        <Notes template={template} kept={kept} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={make.isPending} data-autofocus={asked.length === 0 ? true : undefined}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

/** What it does, what is used without asking, and what is to do elsewhere. */
function Notes({ template, kept }: { template: Template; kept: TemplateInput[] }) {
  const nodeType = useNodeType()
  const fields = template.inputs.filter((i) => i.kind === 'contact_field')
  return (
    <>
      {kept.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.kept} {kept.map((i) => i.label).join(', ')}
        </Text>
      )}
      {fields.map((field) => (
        <Text key={field.key} size="sm" c="dimmed">
          {words.makesField(field.label)}
        </Text>
      ))}
      {template.workflows.map((workflow) => (
        <section key={workflow.name}>
          <Text size="sm" fw={600} mb={4}>
            {template.workflows.length > 1 ? workflow.name : words.steps}
          </Text>
          <List type="ordered" size="sm">
            {workflow.steps.map((step, i) => (
              <List.Item key={`${step.type}${i}`} ml={step.depth * 20}>
                {step.name || nodeType(step.type).name}
              </List.Item>
            ))}
          </List>
        </section>
      ))}
      {template.about !== '' && (
        <section>
          <Text size="sm" fw={600} mb={4}>
            {words.outside}
          </Text>
          <Text size="sm">{template.about}</Text>
        </section>
      )}
      {template.sources.length > 0 && (
        <Text size="sm" c="dimmed" className={classes.sources}>
          {words.sources}{' '}
          {template.sources.map((source) => (
            <Anchor key={source} inherit underline="always" href={source} target="_blank" rel="noreferrer">
              {new URL(source).hostname}
            </Anchor>
          ))}
        </Text>
      )}
    </>
  )
}

const first = (input: TemplateInput): string | boolean =>
  input.kind === 'switch' ? input.default === true : input.default === undefined || input.default === null ? '' : String(input.default)

/** What was left empty is not sent: the template's own value counts then. */
function sent(inputs: TemplateInput[], values: Inputs): Record<string, unknown> {
  return Object.fromEntries(inputs.map((i) => [i.key, values[i.key]] as const).filter(([, value]) => value !== ''))
}
