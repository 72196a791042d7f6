// An app that a file declares: in the list of steps without a restart, with a
// connection that is made and tried out in the step, and a call that leaves.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { begin, eventually, parts, post } from './pages.mjs'

const calls = []
const service = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  calls.push({ method: request.method, url: request.url, key: request.headers['x-key'], body })
  const known = request.headers['x-key'] === 'k_right'
  response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(known ? { id: 'n_17', email: 'ada@courses.example.com' } : { message: 'who are you' }))
})

const app = (port) => `
hookloom: 1
app: courses
name: Course platform
icon: M4 19V5l8 4l8-4v14l-8-4z
base_url: http://127.0.0.1:${port}/v1
auth:
  type: api_key
  key_name: X-Key
  value: "{{ connection.key }}"
  fields: [{ key: key, label: API key, kind: secret, required: true }]
  test: { request: { path: /me }, account: "{{ answer.body.email }}" }
error_text: "{{ answer.body.message }}"
actions:
  add_note:
    name: Add note
    summary: Write a note about a member.
    card: "{email}"
    fields:
      - { key: email, label: Member, required: true }
      - { key: pinned, label: Keep it on top, kind: switch }
    request: { path: "/members/{{ params.email }}/notes", json: { pinned: "{{ params.pinned }}", text: Hello } }
    output: { id: "{{ answer.body.id }}" }
    sample: { id: n_17 }
`

const DATA_DIR = mkdtempSync(join(tmpdir(), 'hookloom-apps-'))
const file = join(DATA_DIR, 'nodes', 'courses.yaml')
let world
before(async () => {
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  world = await begin({ DATA_DIR, ALLOW_TARGETS: '127.0.0.1' })
})
after(async () => {
  await world?.end()
  service.close()
  rmSync(DATA_DIR, { recursive: true, force: true })
})
const part = parts(() => world)

const types = async (page, origin) => (await page.request.get(`${origin}/api/v1/node-types`)).json()

part('a file becomes a step whose connection is made and tried out in place', async ({ page, origin, open, api }) => {
  const flow = await api('POST', '/workflows', {
    name: 'Notes',
    definition: { schema: 1, settings: { contact: 'optional', timezone: null }, triggers: [{ id: 'hook', type: 'webhook.catch', v: 1, params: {} }], steps: [] },
  })
  mkdirSync(join(DATA_DIR, 'nodes'))
  writeFileSync(file, app(service.address().port))
  await eventually(async () => (await types(page, origin)).items.find((t) => t.type === 'courses.add_note'), 'step type')

  await open(`/workflows/${flow.id}`)
  await page.locator('[data-plus]').last().click()
  const palette = page.getByRole('dialog', { name: 'What should happen next?' })
  await palette.getByText('Slack', { exact: true }).first().waitFor()
  await palette.getByRole('combobox').fill('courses note')
  await palette.getByRole('option', { name: /Add note/ }).click()

  const connection = page.getByRole('combobox', { name: 'Course platform account' })
  await connection.click()
  await page.getByRole('option', { name: 'Make a new one' }).click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByLabel('API key').fill('k_wrong')
  await dialog.getByRole('button', { name: 'Create the connection' }).click()
  await dialog.getByText('It does not work yet').waitFor()
  await dialog.getByText('who are you', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Change it' }).click()
  await dialog.getByLabel('API key').fill('k_right')
  await dialog.getByRole('button', { name: 'Create the connection' }).click()
  await dialog.getByText('Connected as ada@courses.example.com').waitFor()
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await dialog.waitFor({ state: 'detached' })
  const { items } = await api('GET', '/connections')
  assert.deepEqual(
    items.map((c) => [c.type, c.name]),
    [['courses.account', 'Course platform']],
  )

  const stored = await eventually(async () => {
    const draft = (await api('GET', `/workflows/${flow.id}`)).definition
    return draft.steps[0]?.params.connection && draft
  }, 'draft')
  stored.steps[0].params = { ...stored.steps[0].params, email: '{{ trigger.body.email }}', pinned: true }
  const made = await api('POST', '/workflows', { name: 'Notes that are sent', definition: stored })
  await api('POST', `/workflows/${made.id}/publish`, {})
  assert.equal((await post(made.triggers[0].url, { email: 'a/b@x.com' })).status, 202)
  const call = await eventually(() => calls.find((c) => c.url.endsWith('/notes')), 'call')
  assert.deepEqual(call, { method: 'POST', url: '/v1/members/a%2Fb@x.com/notes', key: 'k_right', body: '{"pinned":true,"text":"Hello"}' })
})

part('a broken file keeps the step, and a removed one says so when it is published', async ({ page, origin, api }) => {
  writeFileSync(file, `${app(service.address().port)}colour: red\n`)
  const broken = await eventually(async () => {
    const answer = await types(page, origin)
    return answer.problems && answer
  }, 'problem')
  assert.equal(broken.problems[0].file, 'courses.yaml')
  assert(broken.problems[0].kept)
  assert(broken.items.some((t) => t.type === 'courses.add_note'))
  rmSync(file)
  await eventually(async () => !(await types(page, origin)).items.some((t) => t.type === 'courses.add_note'), 'removal')
  const [flow] = (await api('GET', '/workflows')).items.filter((w) => w.name === 'Notes')
  const refused = await page.request.post(`${origin}/api/v1/workspaces/main/workflows/${flow.id}/publish`, { data: {} })
  assert.equal(refused.status(), 422)
  assert.match(JSON.stringify(await refused.json()), /courses\.add_note/)
})
