// The gallery of templates, and the way from another service to a live workflow.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, parts, post } from './pages.mjs'

let world
before(async () => {
  world = await begin()
  await world.api('POST', '/offers', { title: 'Course A', products: [] })
})
after(() => world?.end())
const part = parts(() => world)

part('G2 a template is found, asks for what it needs, and becomes a workflow with its custom value', async ({ open, page, heading, button, dialog, api }) => {
  await open('/templates')
  await heading('Templates').waitFor()
  await button('Use “Follow up failed payments”').waitFor()
  assert((await page.getByRole('button', { name: /^Use “/ }).count()) >= 25)
  await assertAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the gallery is wider than a phone')
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('searchbox', { name: 'Find by service or by what it does' }).fill('slack chargeback')
  await page.getByText('1 template', { exact: true }).waitFor()
  await button('Use “A chargeback ends the access and rings the bell”').click()
  const asked = dialog('A chargeback ends the access and rings the bell')
  await button('Make this workflow', asked).click()
  await asked.getByText('This is needed.').waitFor()
  await asked.getByLabel('Slack’s webhook URL').or(asked.getByLabel("Slack's webhook URL")).fill('https://hooks.slack.com/services/T/B/x')
  await assertAccessible(page)
  await button('Make this workflow', asked).click()
  await page.waitForURL(/\/workflows\/wf_/)
  await page.getByText('Draft').first().waitFor()
  assert.equal((await api('GET', '/custom-values')).items[0].key, 'slack_webhook_url')
  await open('/templates?q=chargeback')
  await button('Use “A chargeback ends the access and rings the bell”').click()
  await asked.getByText(/From your custom values: Slack/).waitFor()
  await button('Cancel', asked).click()
})

part('G6 six steps lead from a new trigger to its first call and on to watching it', async ({ page, open, api }) => {
  const definition = { schema: 1, triggers: [{ id: 'hook', type: 'webhook.catch', v: 1, params: { signature: { scheme: 'kajabi' } } }], steps: [] }
  const made = await api('POST', '/workflows', { name: 'Kajabi sales', definition })
  await open(`/workflows/${made.id}`)
  await page.locator('[data-card=hook]').click()
  const guide = page.getByRole('list', { name: 'Connect a service in six steps' })
  await guide.waitFor()
  const titles = ['Choose the event', 'Find the settings', 'Set the address', 'Pick the events', 'Send a test', 'Publish, and watch']
  assert.deepEqual(await guide.locator('li p:first-child').allInnerTexts(), titles)
  await page.getByText('1 of 6 done').waitFor()
  await guide.getByText(/^Choose there only .*Purchase \(API hook\)/).waitFor()
  await guide.getByRole('button', { name: 'Copy it' }).click()
  await page.getByText('3 of 6 done').waitFor()
  await page.waitForFunction(async (url) => (await navigator.clipboard.readText()) === url, made.triggers[0].url)
  assert.equal((await post(made.triggers[0].url, { id: 1, event: 'purchase', payload: [] })).status, 202)
  // Once an event has come it folds, and opens again for what is left.
  await guide.waitFor({ state: 'hidden' })
  await page.getByText('5 of 6 done').click()
  await assertAccessible(page)
  await guide.getByRole('link', { name: 'Requests' }).click()
  await page.waitForURL(new RegExp(`/requests\\?workflow_id=${made.id}`))
  await page.getByText('Kept for later').first().waitFor()
})
