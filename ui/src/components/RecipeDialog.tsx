import { Button, Group, List, PasswordInput, Select, Switch, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { tagsQuery } from '../api/contacts'
import { createOffer, offersQuery } from '../api/offers'
import { makeFromRecipe, type Recipe, type RecipeInput } from '../api/recipes'
import { text } from '../lib/text'
import { common } from '../lib/text/en/common'
import { recipes as words } from '../lib/text/en/recipes'
import { useForm } from '../lib/useForm'
import { FormFrame } from './FormFrame'
import { useNodeType } from '../api/nodeTypes'
import { Modal } from './Modal'

type Inputs = Record<string, string | boolean>

/** Asks what a recipe needs to know, makes its workflow and opens it. */
export function RecipeDialog({ ws, recipe, onClose }: { ws: string; recipe: Recipe; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const nodeType = useNodeType()
  const inputs = recipe.inputs ?? []
  const form = useForm<{ inputs: Inputs }>({ inputs: Object.fromEntries(inputs.map((i) => [i.key, first(i)])) })
  const [tried, setTried] = useState(false)
  const values = form.values.inputs
  const missing = inputs.filter((i) => i.required && values[i.key] === '')
  const make = useMutation({
    mutationFn: () => makeFromRecipe(ws, { recipe: recipe.id, inputs: sent(inputs, values) }),
    onError: form.fail,
    onSuccess: async (made) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows'] })
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
  return (
    <Modal opened onClose={onClose} changed={form.dirty} title={recipe.name}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={inputs.map((i) => `inputs/${i.key}`)} title={words.failed}>
        <Text size="sm">{recipe.summary}</Text>
        <List type="ordered" size="sm" aria-label={words.steps}>
          {(recipe.steps ?? []).map((step, i) => (
            <List.Item key={`${step.type}${i}`}>{step.name || nodeType(step.type).name}</List.Item>
          ))}
        </List>
        {inputs.map((input) => (
          <Input
            key={input.key}
            ws={ws}
            input={input}
            value={values[input.key] ?? ''}
            error={form.error(`inputs/${input.key}`) ?? (tried && missing.includes(input) ? words.needed : undefined)}
            onChange={(value) => form.set({ inputs: { ...values, [input.key]: value } }, `inputs/${input.key}`)}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={make.isPending} data-autofocus={inputs.length === 0 ? true : undefined}>
            {words.go}
          </Button>
        </Group>
      </FormFrame>
    </Modal>
  )
}

const first = (input: RecipeInput): string | boolean =>
  input.kind === 'switch' ? input.default === true : input.default === undefined || input.default === null ? '' : String(input.default)

/** What was left empty is not sent: the recipe's own value counts then. */
function sent(inputs: RecipeInput[], values: Inputs): Record<string, unknown> {
  return Object.fromEntries(inputs.map((i) => [i.key, values[i.key]] as const).filter(([, value]) => value !== ''))
}

interface InputProps {
  ws: string
  input: RecipeInput
  value: string | boolean
  error?: string
  onChange: (value: string | boolean) => void
}

function Input({ ws, input, value, error, onChange }: InputProps) {
  const shared = {
    label: input.label,
    description: input.help || undefined,
    error,
    placeholder: input.example || undefined,
    withAsterisk: input.required,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  }
  const plain = typeof value === 'string' ? value : ''
  if (input.kind === 'switch') {
    return <Switch label={input.label} description={input.help} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} error={error} />
  }
  if (input.kind === 'offer') return <OfferInput ws={ws} shared={shared} value={plain} onChange={onChange} />
  if (input.kind === 'tag') return <TagInput ws={ws} shared={shared} value={plain} onChange={onChange} />
  if (input.kind === 'secret') {
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        value={plain}
        onChange={(e) => onChange(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': text.auth.show }}
      />
    )
  }
  return <TextInput {...shared} type={input.kind === 'url' ? 'url' : 'text'} autoComplete="off" value={plain} onChange={(e) => onChange(e.currentTarget.value)} />
}

interface ChoiceProps {
  ws: string
  shared: Pick<InputProps, 'error'> & { label: string; description?: string; placeholder?: string; withAsterisk?: boolean }
  value: string
  onChange: (value: string) => void
}

const NEW = 'new:'

/** An offer to choose, or to make on the spot by typing its title. */
function OfferInput({ ws, shared, value, onChange }: ChoiceProps) {
  const client = useQueryClient()
  const { data } = useInfiniteQuery(offersQuery(ws))
  const [typed, setTyped] = useState('')
  const all = (data?.pages ?? []).flatMap((page) => page.items ?? [])
  const wanted = typed.trim()
  const known = all.some((o) => o.title.toLocaleLowerCase() === wanted.toLocaleLowerCase())
  const make = useMutation({
    mutationFn: (title: string) => createOffer(ws, { title, products: [] }),
    onSuccess: async (offer) => {
      await client.invalidateQueries({ queryKey: ['ws', ws, 'offers'] })
      onChange(offer.id)
    },
  })
  const options = all.map((o) => ({ value: o.id, label: o.title }))
  if (wanted !== '' && !known) options.push({ value: NEW + wanted, label: words.newOffer(wanted) })
  return (
    <Select
      {...shared}
      placeholder={shared.placeholder ?? words.chooseOffer}
      data={options}
      value={value || null}
      onChange={(v) => (v?.startsWith(NEW) ? make.mutate(v.slice(NEW.length)) : onChange(v ?? ''))}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={words.typeOffer}
      disabled={make.isPending}
      error={shared.error ?? (make.error instanceof Error ? make.error.message : undefined)}
      searchable
    />
  )
}

function TagInput({ ws, shared, value, onChange }: ChoiceProps) {
  const { data } = useQuery(tagsQuery(ws))
  const list = `tags-${shared.label}`
  return (
    <>
      <TextInput {...shared} list={list} value={value} onChange={(e) => onChange(e.currentTarget.value)} />
      <datalist id={list}>
        {(data?.items ?? []).map((tag) => (
          <option key={tag.id} value={tag.name} />
        ))}
      </datalist>
    </>
  )
}
