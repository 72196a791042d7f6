// An app that a file declares: in the list of steps without a restart, with a
// connection that is made and tried out in the step, and a call that leaves. And a
// connection that somebody signs in for, loses, and finds again.
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
  const folders = [{ id: 'f_1', name: 'Beginners' }, { id: 'f_2', name: 'Advanced' }]
  const answer = request.url === '/v1/folders' ? { folders } : { id: 'n_17', email: 'ada@courses.example.com' }
  response.end(JSON.stringify(known ? answer : { message: 'who are you' }))
})

// A service that lets people in (OAuth 2): its refresh tokens are good for one use, and
// `signedOut` takes back what it gave.
const clerk = { tokens: 0, signedOut: false, taken: [] }
const signIn = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  const url = new URL(request.url, 'http://service')
  const said = (status, answer) => {
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answer))
  }
  if (url.pathname === '/authorize') {
    clerk.signedOut = false
    response.writeHead(302, { Location: `${url.searchParams.get('redirect_uri')}?code=c1&state=${url.searchParams.get('state')}` })
    response.end()
  } else if (url.pathname === '/token') {
    if (clerk.signedOut) return said(400, { error: 'invalid_grant', error_description: 'Token has been revoked.' })
    clerk.tokens++
    said(200, { access_token: `access-${clerk.tokens}`, refresh_token: `refresh-${clerk.tokens}`, token_type: 'bearer', expires_in: 1 })
  } else if (clerk.signedOut || request.headers.authorization !== `Bearer access-${clerk.tokens}`) said(401, {})
  else {
    clerk.taken.push(JSON.parse(body).n)
    said(200, {})
  }
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
choices:
  folders: { request: { path: /folders }, items: "{{ answer.body.folders }}", value: "{{ item.id }}", label: "{{ item.name }}" }
actions:
  add_note:
    name: Add note
    summary: Write a note about a member.
    card: "{email}"
    fields:
      - { key: email, label: Member, required: true }
      - { key: folder, label: Folder, choices: folders }
      - { key: pinned, label: Keep it on top, kind: switch }
    request: { path: "/members/{{ params.email }}/notes", json: { folder: "{{ params.folder }}", pinned: "{{ params.pinned }}", text: Hello } }
    output: { id: "{{ answer.body.id }}" }
    sample: { id: n_17 }
`

const DATA_DIR = mkdtempSync(join(tmpdir(), 'hookloom-apps-'))
const file = join(DATA_DIR, 'nodes', 'courses.yaml')
let world
before(async () => {
  service.listen(0, '127.0.0.1')
  signIn.listen(0, '127.0.0.1')
  await Promise.all([once(service, 'listening'), once(signIn, 'listening')])
  world = await begin({ DATA_DIR, ALLOW_TARGETS: '127.0.0.1' })
})
after(async () => {
  await world?.end()
  service.close()
  signIn.close()
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
  await dialog.getByRole('button', { name: 'Create' }).click()
  await dialog.getByText('It does not work yet').waitFor()
  await dialog.getByText('who are you', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Change it' }).click()
  await dialog.getByLabel('API key').fill('k_right')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await dialog.getByText('Connected as ada@courses.example.com').waitFor()
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await dialog.waitFor({ state: 'detached' })
  const { items } = await api('GET', '/connections')
  assert.deepEqual(
    items.map((c) => [c.type, c.name]),
    [['courses.account', 'Course platform']],
  )

  // What the service has is chosen by its name, and kept by its ID.
  const folder = page.getByRole('combobox', { name: 'Folder' })
  await folder.click()
  await page.getByRole('option', { name: /Beginners/ }).waitFor()
  await folder.fill('adv')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await folder.inputValue(), 'Advanced')
  const stored = await eventually(async () => {
    const draft = (await api('GET', `/workflows/${flow.id}`)).definition
    return draft.steps[0]?.params.folder === 'f_2' && draft.steps[0].params.connection && draft
  }, 'draft')
  stored.steps[0].params = { ...stored.steps[0].params, email: '{{ trigger.body.email }}', pinned: true }
  const made = await api('POST', '/workflows', { name: 'Notes that are sent', definition: stored })
  await api('POST', `/workflows/${made.id}/publish`, {})
  assert.equal((await post(made.triggers[0].url, { email: 'a/b@x.com' })).status, 202)
  const call = await eventually(() => calls.find((c) => c.url.endsWith('/notes')), 'call')
  assert.deepEqual(call, { method: 'POST', url: '/v1/members/a%2Fb@x.com/notes', key: 'k_right', body: '{"folder":"f_2","pinned":true,"text":"Hello"}' })
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

part('L12 somebody signs in at another service, is signed out by it, signs in again, and what waited goes on', async ({ page, open, api, workflow, button }) => {
  const at = `http://127.0.0.1:${signIn.address().port}`
  const { id } = await api('POST', '/connections', {
    type: 'auth.oauth2',
    name: 'CRM',
    params: { provider: 'other', grant: 'person', client_id: 'app', client_secret: 'a secret of the app', scopes: ['write'], authorize_url: `${at}/authorize`, token_url: `${at}/token`, hosts: [`127.0.0.1:${signIn.address().port}`] },
  })
  const flow = await workflow('To the CRM', [
    { id: 'send', type: 'webhook.send', v: 1, params: { method: 'POST', url: `${at}/things`, auth: 'connection', connection: id, body_type: 'json', body: { n: '{{ trigger.body.n }}' } } },
  ])
  // Clicks what signs in, lets the service's window do its part, and reads what that says at the end.
  const lets = async (name) => {
    const [popup] = await Promise.all([page.context().waitForEvent('page'), button(name).click()])
    await popup.getByRole('heading', { name: 'Connected' }).waitFor()
    await popup.getByText('You can close this window').waitFor()
    await popup.close()
  }

  await open('/connections')
  await page.getByText('Nobody has signed in yet').waitFor()
  await page.getByText('/oauth/callback').waitFor()
  await lets('Connect CRM')
  await page.getByText('Connected', { exact: true }).waitFor()
  await page.getByText('Nobody has signed in yet').waitFor({ state: 'detached' })
  assert.equal((await post(flow.url, { n: 1 })).status, 202)
  await eventually(() => clerk.taken.includes(1), 'call')

  clerk.signedOut = true
  await new Promise((resolve) => setTimeout(resolve, 1100)) // the second that its token is good for
  for (const n of [2, 3]) assert.equal((await post(flow.url, { n })).status, 202)
  await eventually(async () => (await api('GET', `/runs?workflow_id=${flow.id}&status=waiting`)).items.length === 2, 'runs that wait')
  await open('')
  const card = page.getByRole('region', { name: 'Connections to sign in again' })
  await card.getByText('“CRM” is signed out').waitFor()
  await card.getByText('does not accept', { exact: false }).waitFor()
  assert.equal(await card.getByRole('button').count(), 1, 'one card, whatever it stopped')
  await lets('Reconnect CRM')
  await card.waitFor({ state: 'detached' })
  await eventually(() => clerk.taken.includes(2) && clerk.taken.includes(3), 'runs that go on')
  assert.deepEqual(clerk.taken.toSorted(), [1, 2, 3])
})
