// What goes in and out of a workspace: the sandbox, and webhooks switched off.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
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
