// E-mails before and after they go out: the sender, the step seen as a contact would get it, and the outbox.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, eventually, parts } from './pages.mjs'

let world, flow
before(async () => {
  world = await begin()
  const { api, workflow } = world
  await api('POST', '/contacts', { email: 'grace@example.com', name: 'Grace Hopper', subscribed: true })
  await api('POST', '/contacts', { email: 'alan@example.com', name: 'Alan Turing' })
  const body = '<p>Hello <b>{{ contact.first_name }}</b>,</p><p>your course is ready. <a href="https://example.com/course">Open it</a></p><script>window.top.broken = 1</script>'
  flow = await workflow('Welcome', [{ id: 'mail', type: 'email.send', v: 1, name: 'Say hello', params: { subject: 'Welcome, {{ contact.first_name }}', body, send: 'if_subscribed' } }], 'tag.added')
})
after(() => world?.end())
const part = parts(() => world)

part('the sender and where answers go are set for the workspace', async ({ open, page, button, api }) => {
  await open('/settings')
  await page.getByLabel('Answers go to').first().fill('nobody')
  await button('Save').first().click()
  await page.locator('input[type=email][aria-invalid=true]').waitFor()
  await page.getByLabel('Answers go to').first().fill('help@example.com')
  await button('Save').first().click()
  await eventually(async () => (await api('GET', '')).sender.reply_to === 'help@example.com', 'stored sender')
})

part('an e-mail step is seen as a chosen contact would get it, and sent as a test to me', async ({ open, page, button, api }) => {
  await open(`/workflows/${flow.id}?step=mail`)
  await page.getByRole('tab', { name: 'Test' }).click()
  const section = page.getByRole('region', { name: 'The e-mail as it goes out' })
  await section.getByRole('combobox', { name: 'As which contact' }).fill('alan')
  await page.getByRole('option', { name: 'Alan Turing' }).click()
  await button('Show the e-mail', section).click()
  await section.getByText('This contact would not get it').waitFor()
  await section.getByRole('combobox', { name: 'As which contact' }).fill('grace')
  await page.getByRole('option', { name: 'Grace Hopper' }).click()
  await button('Show the e-mail', section).click()
  await section.getByText('Welcome, Grace').waitFor()
  await section.getByText('help@example.com').waitFor()
  const frame = section.frameLocator('iframe')
  await frame.getByText('Hello Grace').waitFor()
  await section.getByRole('tab', { name: 'Plain text' }).click()
  await section.getByText('https://example.com/course').waitFor()
  await button('Send test to me', section).click()
  await section.getByText('the test to ada@example.com is kept in the outbox').waitFor()
  const [message] = (await api('GET', '/outbox')).items
  assert.deepEqual([message.kind, message.target], ['email_test', 'ada@example.com'])
  await assertAccessible(page)
})

part('the outbox says what became of each message and shows it in a frame that can do nothing', async ({ open, page, button, api }) => {
  for (const { id } of (await api('GET', '/contacts')).items) await api('PATCH', `/contacts/${id}`, { tags: ['VIP'] })
  await eventually(async () => (await api('GET', '/outbox')).items.map((m) => m.status).sort().join() === 'kept,kept,skipped', 'kept and skipped messages')
  await open('/outbox')
  const list = page.getByRole('list', { name: 'Outbox' })
  await list.getByText('Not wanted').waitFor()
  await button('Welcome, Grace', list).click()
  const detail = page.getByRole('dialog', { name: 'Welcome, Grace' })
  await detail.getByText('This server has no mail server set').waitFor()
  const frame = detail.locator('iframe')
  assert.equal(await frame.getAttribute('sandbox'), '')
  await detail.frameLocator('iframe').getByText('Hello Grace').waitFor()
  assert.equal(await page.evaluate(() => 'broken' in window), false)
  await assertAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'State' }).click()
  await page.getByRole('option', { name: 'Not wanted' }).click()
  await button('Welcome, Grace', list).waitFor({ state: 'detached' })
  await button('Welcome, Alan', list).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Show the run' }).waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
  await page.setViewportSize({ width: 1280, height: 900 })
})
