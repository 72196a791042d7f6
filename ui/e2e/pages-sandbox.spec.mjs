// What goes in and out of a workspace: the sandbox, webhooks switched off, and files.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, eventually, parts, post } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

part('G5 a sandbox is switched on, shown on every page, and keeps what a run sends', async ({ open, page, api, workflow }) => {
  const badge = page.getByRole('link', { name: 'Sandbox: nothing is sent' })
  await open('/settings')
  await page.getByLabel('Sandbox: send nothing').click({ force: true })
  await badge.waitFor()
  assert.equal((await api('GET', '')).sandbox, true)
  const flow = await workflow('Tell', [{ id: 'tell', type: 'webhook.send', v: 1, params: { url: 'https://example.com/in', body: { a: 1 } } }])
  assert.equal((await post(flow.url, {})).status, 202)
  const run = await eventually(async () => (await api('GET', `/runs?workflow_id=${flow.id}&status=succeeded`)).items[0], 'run')
  await open(`/runs/${run.id}`)
  await badge.waitFor()
  await page.locator('main summary').filter({ hasText: 'Send data' }).first().click()
  await page.getByText('kept: sandbox', { exact: false }).first().waitFor()
  await badge.click()
  await page.getByLabel('Sandbox: send nothing').click({ force: true })
  await badge.waitFor({ state: 'detached' })
  assert.equal((await api('GET', '')).sandbox, false)
})

part('K22 incoming and outgoing webhooks are switched off and on in the settings', async ({ open, page, api, workflow }) => {
  const flow = await workflow('In', [{ id: 'end', type: 'flow.stop', v: 1, params: { outcome: 'succeeded' } }])
  await open('/settings')
  const incoming = page.getByLabel('Take incoming webhooks')
  await incoming.click({ force: true })
  await eventually(async () => (await api('GET', '')).features.webhooks === false, 'switch')
  const refused = await post(flow.url, {})
  assert.equal(refused.status, 403)
  assert.match(refused.body.detail, /switched off in this workspace/)
  await incoming.click({ force: true })
  await eventually(async () => (await api('GET', '')).features.webhooks === true, 'switch')
  assert.equal((await post(flow.url, {})).status, 202)
  await page.getByLabel('Send webhooks of offers, forms and the API').click({ force: true })
  await page.getByRole('dialog').getByRole('button', { name: 'Stop sending webhooks' }).click()
  await eventually(async () => (await api('GET', '')).features.outgoing_webhooks === false, 'switch')
})

part('a workspace goes out as a zip and into another one, which is looked at first', async ({ open, page, api, origin, button, dialog }) => {
  await api('POST', '/custom-values', { key: 'support_e_mail', name: 'Support e-mail', value: 'secret-help@example.com' })
  const offer = await api('POST', '/offers', { title: 'Course A', products: [] })
  const connection = await api('POST', '/connections', { type: 'auth.bearer', name: 'CRM', params: { token: 'canary-token', hosts: ['crm.example.com'] } })
  const tell = { url: 'https://crm.example.com/people', auth: 'connection', connection: connection.id, body_type: 'json', body: { from: '{{ custom_values.support_e_mail }}' } }
  const steps = [
    { id: 'who', type: 'contact.upsert', v: 1, params: { email: '{{ trigger.body.email }}', tags: ['VIP'] } },
    { id: 'give', type: 'offer.grant', v: 1, params: { offer: offer.id } },
    { id: 'tell', type: 'webhook.send', v: 1, params: { method: 'POST', ...tell } },
  ]
  const triggers = [{ id: 'hook', type: 'webhook.catch', v: 1, params: { signature: { scheme: 'stripe', secret: 'whsec_canary' } } }]
  await api('POST', '/workflows', { name: 'New buyers', definition: { schema: 1, triggers, steps } })
  const made = await (await page.request.post(`${origin}/api/v1/workspaces`, { data: { name: 'Second', timezone: 'UTC' } })).json()

  await open('/settings')
  const here = page.getByRole('region', { name: 'Files', exact: true })
  await here.getByText('Never in it', { exact: false }).waitFor()
  const [zip] = await Promise.all([page.waitForEvent('download'), button('Export workspace', here).click()])
  await here.getByText(/^Saved\. .* did not go along/).waitFor()
  assert.match(zip.suggestedFilename(), /\.zip$/)
  const path = await zip.path()

  await page.goto(`${origin}/w/${made.slug}/settings`)
  await button('Import files', here).click()
  const asked = dialog('Import files')
  const file = page.getByTestId('import-files')
  await file.setInputFiles({ name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from('{"schema":1,"name":"Wrong","colour":"red"}') })
  await asked.getByRole('alert').getByText('At /colour').waitFor()
  assert.ok(await button('Import', asked).isDisabled())
  await button('Choose another file', asked).click()
  await file.setInputFiles({ name: 'workspace.zip', mimeType: 'application/zip', buffer: await readFile(path) })
  const would = asked.getByRole('list', { name: 'What would happen' })
  await would.getByText('New buyers').waitFor()
  assert.equal(await would.getByText('New', { exact: true }).count(), await would.getByRole('listitem').count())
  const needs = asked.getByRole('list', { name: /to fill in$/ })
  await needs.getByText('CRM', { exact: false }).first().waitFor()
  const inSecond = async (what) => (await (await page.request.get(`${origin}/api/v1/workspaces/${made.slug}/${what}`)).json()).items
  assert.deepEqual(await inSecond('workflows'), [], 'a preview made something')
  await assertAccessible(page)
  await button('Import', asked).click()
  const became = asked.getByRole('list', { name: 'What was done' })
  await became.getByRole('link', { name: 'New buyers' }).waitFor()
  assert.ok(await button('Close', asked).last().evaluate((e) => e === document.activeElement), 'the keyboard is lost')
  assert.equal((await inSecond('workflows')).find(({ name }) => name === 'New buyers')?.status, 'draft')

  await button('Import another file', asked).click()
  await file.setInputFiles({ name: 'workspace.zip', mimeType: 'application/zip', buffer: await readFile(path) })
  await asked.getByText('all of this is here already', { exact: false }).waitFor()
  assert.ok(await button('Import', asked).isDisabled())
  await asked.getByRole('radio', { name: 'Make a copy' }).check()
  await asked.getByText(/[1-9] to make/).waitFor()
  await page.keyboard.press('Escape')
  await asked.waitFor({ state: 'detached' })
})
