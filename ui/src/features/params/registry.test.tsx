import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, expect, it } from 'vitest'
import type { Field } from '../../api/nodeTypes'
import { aWorkflow } from '../../lib/fixtures'
import { serve, show } from '../../lib/render'
import { MappingScope } from '../mapping'
import descriptors from '../../../../nodes/all/testdata/descriptors.json'
import { effective, isShown, withParam, type Params } from './field'
import { FieldList } from './FieldList'
import { FormProvider } from './Form'
import { fieldComponents } from './registry'

const scope = { ws: 'main', workflow: aWorkflow(), definition: { schema: 1 }, stepId: 's' } as const

beforeEach(() => {
  const list = { body: { items: [] } }
  serve(
    Object.fromEntries(
      ['/node-types', '/workspaces/main/custom-values?limit=100', '/workspaces/main/contact-fields?limit=100', '/workspaces/main/contacts?limit=1', '/workspaces/main/requests?workflow_id=wf_1&limit=25', '/workspaces/main/runs?workflow_id=wf_1&kind=workflow&limit=1', '/workspaces/main/runs?workflow_id=wf_1&kind=step_test&limit=1', '/workspaces/main/runs?workflow_id=wf_1&kind=workflow&mode=live&limit=1', '/workspaces/main/offers?limit=100', '/workspaces/main/tags?limit=100', '/workspaces/main/connections?limit=100'].map((path) => [`GET ${path}`, list]),
    ),
  )
})

let params: Params

function Form({ fields, start = {}, problems = [] }: { fields: Field[]; start?: Params; problems?: { pointer: string; detail: string }[] }) {
  const [value, setValue] = useState(start)
  params = value
  return (
    <MappingScope scope={scope}>
      <FormProvider scope={scope} problems={problems} readOnly={false}>
        <FieldList fields={fields} params={value} onChange={setValue} pointer="/params" />
      </FormProvider>
    </MappingScope>
  )
}

it('knows every kind of field that the built-in node types use', () => {
  const kinds = (fields: unknown): string[] => ((fields ?? []) as Field[]).flatMap((f) => [f.kind, ...(f.item ? [f.item] : []), ...kinds(f.fields)])
  for (const type of descriptors as { fields?: unknown }[]) {
    for (const kind of kinds(type.fields)) expect(fieldComponents).toHaveProperty(kind)
  }
})

it('draws label, help, example, required and the problem from the descriptor', async () => {
  const fields: Field[] = [{ key: 'name', kind: 'text', label: 'Name', help: 'Who it is.', example: 'Ada', required: true, no_map: true }]
  await show(<Form fields={fields} problems={[{ pointer: '/params/name', detail: 'Name can’t be empty.' }]} />)
  const input = screen.getByLabelText(/Name/)
  expect(input.getAttribute('placeholder')).toBe('Ada')
  expect(input.hasAttribute('required')).toBe(true)
  screen.getByText('Who it is.')
  screen.getByText('Name can’t be empty.')
  await userEvent.type(input, 'Grace')
  expect(params).toEqual({ name: 'Grace' })
  await userEvent.clear(input)
  expect(params).toEqual({})
})

it('shows a field only while another has the value', async () => {
  const fields: Field[] = [
    { key: 'auth', kind: 'choice', label: 'Sign in', default: 'none', options: [{ value: 'none', label: 'Not needed' }, { value: 'basic', label: 'Basic' }], no_map: true },
    { key: 'user', kind: 'text', label: 'User', show_if: { field: 'auth', values: ['basic'] }, no_map: true },
  ]
  await show(<Form fields={fields} start={{ auth: 'basic' }} />)
  screen.getByLabelText('User')
  expect(isShown(fields[1] as Field, fields, {})).toBe(false)
  expect(isShown(fields[1] as Field, fields, { auth: 'basic' })).toBe(true)
})

it('never shows a stored secret, and hands a new one over as a whole', async () => {
  const fields: Field[] = [{ key: 'token', kind: 'secret', label: 'Token' }]
  await show(<Form fields={fields} start={{ token: { $secret: 'sec_1' } }} />)
  expect(document.body.textContent).not.toContain('sec_1')
  screen.getByText('Stored')
  await userEvent.click(screen.getByRole('button', { name: 'Replace' }))
  await userEvent.type(screen.getByLabelText(/Token/), 'new secret')
  expect(params).toEqual({ token: { $secret: 'sec_1' } })
  await userEvent.tab()
  expect(params).toEqual({ token: 'new secret' })
  screen.getByText('Will be stored with the next save')
})

it('keeps numbers exactly, and money in its smallest unit', async () => {
  const fields: Field[] = [
    { key: 'n', kind: 'number', label: 'Count', no_map: true },
    { key: 'price', kind: 'money', label: 'Price', no_map: true },
  ]
  await show(<Form fields={fields} />)
  await userEvent.type(screen.getByLabelText('Count'), '820982911946154508')
  expect(String(params.n)).toBe('820982911946154508')
  expect(typeof params.n).not.toBe('string')
  await userEvent.type(screen.getByLabelText('Price: Currency'), 'eur')
  await userEvent.type(screen.getByLabelText('Price: Amount'), '49,90')
  expect(params.price).toEqual({ amount: 4990, currency: 'EUR' })
})

it('folds advanced fields away, but not one with a problem', async () => {
  const fields: Field[] = [{ key: 'deep', kind: 'text', label: 'Deep', advanced: true, no_map: true }]
  await show(<Form fields={fields} problems={[{ pointer: '/params/deep', detail: 'Wrong.' }]} />)
  expect(screen.getByRole('button', { name: 'Fewer settings' }).getAttribute('aria-expanded')).toBe('true')
  screen.getByText('Wrong.')
})

it('reads values as the server does', () => {
  const sw: Field = { key: 's', kind: 'switch', label: 'S', default: true }
  expect(effective(sw, {})).toBe(true)
  expect(effective(sw, { s: '' })).toBe(true)
  expect(effective(sw, { s: false })).toBe(false)
  expect(effective({ key: 't', kind: 'text', label: 'T', default: 'x' }, { t: '' })).toBe('')
  expect(withParam({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 })
})
