import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, expect, it } from 'vitest'
import type { Field } from '../../api/nodeTypes'
import { aWorkflow } from '../../lib/fixtures'
import { serve, show, type Answers } from '../../lib/render'
import { MappingScope } from '../mapping'
import type { Params } from './field'
import { FieldList } from './FieldList'
import { FormProvider } from './Form'

const definition = { schema: 1, triggers: [], steps: [{ id: 's', type: 'slack.post_message', v: 1, params: {} }] }
const scope = { ws: 'main', workflow: aWorkflow(), definition, stepId: 's' }
const fields: Field[] = [
  { key: 'connection', kind: 'ref', ref: 'connection', of: 'slack.account', label: 'Slack account', required: true, no_map: true },
  { key: 'channel', kind: 'text', label: 'Channel', required: true, choices: { needs: ['connection'] } },
]
const asks = 'POST /workspaces/main/connections/cxn_1/choices'

let params: Params
let calls: string[]

function given(answers: Answers) {
  const list = { body: { items: [] } }
  const lists = ['/node-types', '/workspaces/main/custom-values?limit=100', '/workspaces/main/contact-fields?limit=100', '/workspaces/main/contacts?limit=1', '/workspaces/main/requests?workflow_id=wf_1&limit=25', '/workspaces/main/runs?workflow_id=wf_1&kind=workflow&limit=1', '/workspaces/main/runs?workflow_id=wf_1&kind=step_test&limit=1', '/workspaces/main/runs?workflow_id=wf_1&kind=workflow&mode=live&limit=1', '/workspaces/main/connections?limit=100']
  calls = serve({ ...Object.fromEntries(lists.map((path) => [`GET ${path}`, list])), ...answers })
}

function Form({ start }: { start: Params }) {
  const [value, setValue] = useState(start)
  params = value
  return (
    <MappingScope scope={scope}>
      <FormProvider scope={scope} problems={[]} readOnly={false}>
        <FieldList fields={fields} params={value} onChange={setValue} pointer="/params" />
      </FormProvider>
    </MappingScope>
  )
}

beforeEach(() => given({ [asks]: { body: { items: [{ value: 'C1', label: '#sales' }, { value: 'C2', label: '#ops' }], more: false, message: '' } } }))

const asked = () => calls.filter((c) => c.startsWith(asks))

it('lists what the service has, finds by name and stores the ID', async () => {
  await show(<Form start={{ connection: 'cxn_1' }} />)
  expect(asked()).toEqual([])
  await userEvent.click(screen.getByRole('combobox', { name: /^Channel/ }))
  await screen.findByText('#sales')
  expect(asked()).toEqual([`${asks} {"type":"slack.post_message","field":"channel","params":{"connection":"cxn_1"},"fresh":false}`])
  await userEvent.keyboard('op{Enter}')
  expect(params.channel).toBe('C2')
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('combobox', { name: /^Channel/ }).value).toBe('#ops'))
})

it('takes an ID that is not in the list', async () => {
  await show(<Form start={{ connection: 'cxn_1' }} />)
  await userEvent.click(screen.getByRole('combobox', { name: /^Channel/ }))
  await screen.findByText('#sales')
  await userEvent.keyboard('C0PRIVATE')
  await userEvent.click(screen.getByText('Use “C0PRIVATE”'))
  expect(params.channel).toBe('C0PRIVATE')
})

it('says which field comes first', async () => {
  await show(<Form start={{}} />)
  await userEvent.click(screen.getByRole('combobox', { name: /^Channel/ }))
  await screen.findByText('Fill in “Slack account” first.')
  expect(asked()).toEqual([])
})

it('shows why nothing could be listed, and asks anew', async () => {
  given({ [asks]: (body) => ((body as { fresh: boolean }).fresh ? { body: { items: [{ value: 'C1', label: '#sales' }], more: false, message: '' } } : { body: { items: [], more: false, message: 'The connection “Team” could not be asked.' } }) })
  await show(<Form start={{ connection: 'cxn_1', channel: 'C1' }} />)
  await screen.findByText('The connection “Team” could not be asked.')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('combobox', { name: /^Channel/ }).value).toBe('#sales'))
  expect(screen.queryByText('The connection “Team” could not be asked.')).toBeNull()
})
