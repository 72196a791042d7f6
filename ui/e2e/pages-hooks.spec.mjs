// Outgoing webhooks and the delivery log, from the first address to sending failures again.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, eventually, parts } from './pages.mjs'

/** A receiver outside; it answers `status`, and `calls` are what came. */
const sink = { status: 200, calls: [] }
let world, server, to
before(async () => {
  server = createServer(async (request, answer) => {
    const body = []
    for await (const part of request) body.push(part)
    sink.calls.push({ path: request.url, headers: request.headers, body: Buffer.concat(body).toString() })
    answer.writeHead(sink.status, { 'Content-Type': 'application/json' }).end('{"taken":true}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  to = `http://127.0.0.1:${port}`
  world = await begin({ ALLOW_TARGETS: `127.0.0.1:${port}` })
})
after(async () => {
  await world?.end()
  server?.close()
})
const part = parts(() => world)

/** Waits for a call of a path. */
const called = (path) => eventually(() => sink.calls.find((c) => c.path === path), `call of ${path}`)

async function pick(page, box, option) {
  await box.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

part('K19 a webhook is created from event and address, and tried out at once', async ({ open, page, button, dialog, api }) => {
  await api('POST', '/tags', { name: 'VIP' })
  await open('/hooks')
  await page.getByRole('heading', { name: 'No outgoing webhooks yet' }).waitFor()
  await button('Create webhook').click()
  const form = dialog('Create webhook')
  await button('Add webhook', form).click()
  await form.getByText('Choose an event.', { exact: true }).waitFor()
  await pick(page, form.getByRole('combobox', { name: 'Event' }), 'Tag added')
  await form.getByLabel('Endpoint address').fill('nowhere')
  await button('Add webhook', form).click()
  await form.locator('[name=url][aria-invalid=true]').waitFor()
  await form.getByLabel('Endpoint address').fill(`${to}/tags`)
  await pick(page, form.getByRole('combobox', { name: 'Only for this tag' }), 'VIP')
  await button('Add webhook', form).click()
  const ready = dialog('The webhook is ready')
  assert.match(await ready.getByTestId('secret').textContent(), /^whsec_/)
  await button('Send a test event', ready).click()
  await ready.getByText('The test event was delivered.').waitFor()
  assert.equal(JSON.parse((await called('/tags')).body).type, 'tag.added')
  await button('Done', ready).click()
  const row = page.getByRole('list', { name: 'Outgoing webhooks' }).getByRole('listitem')
  await row.getByText('Only: VIP').waitFor()
  await row.getByText('Answered 200').waitFor()
})

part('C8 the log shows the call to the byte, its answer and its attempts', async ({ open, page, api }) => {
  await api('POST', '/contacts', { email: 'mary@example.com', name: 'Mary Somerville', tags: ['VIP'] })
  const sent = await eventually(() => sink.calls.find((c) => c.body.includes('mary@example.com')), 'call about Mary')
  await open('/deliveries')
  await page.getByRole('button', { name: 'Tag added', exact: true }).click()
  const detail = page.getByRole('dialog')
  await detail.getByText('Delivered', { exact: true }).waitFor()
  const headers = detail.getByRole('table', { name: 'Headers', exact: true })
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type']) await headers.getByText(sent.headers[name], { exact: true }).waitFor()
  await detail.getByText('"taken": true').waitFor()
  await assertAccessible(page)
  const [delivery] = (await api('GET', '/deliveries')).items
  assert.equal((await api('GET', `/deliveries/${delivery.id}`)).request.body, sent.body)
})

part('K14 K15 K20 addresses that stand elsewhere are set there, listed here, and lead back', async ({ open, page, button, api }) => {
  const offer = await api('POST', '/offers', { title: 'Course A', products: [] })
  const form = await api('POST', '/forms', { title: 'Webinar', fields: [{ key: 'email', kind: 'email', label: 'E-mail', required: true }] })
  const places = [
    [`/offers/${offer.id}`, 'Purchase webhook URL', 'Set at the offer'],
    ['/settings', 'Purchase webhook URL of the whole site', 'Set at the checkout, in the settings'],
    [`/forms/${form.id}?tab=share`, 'Webhook URL', 'Set at the form'],
  ]
  for (const [path, label] of places) {
    await open(path)
    const field = page.getByRole('textbox', { name: label, exact: true })
    const save = page.locator('form').filter({ has: field }).getByRole('button', { name: 'Save', exact: true })
    await field.fill('ftp://example.com')
    await save.click()
    await page.locator('input[type=url][aria-invalid=true]').waitFor()
    await field.fill(`${to}${path.replace('?', '/')}`)
    await save.click()
    await page.getByRole('link', { name: 'Show it among the outgoing webhooks' }).waitFor()
  }
  await open('/hooks')
  const list = page.getByRole('list', { name: 'Outgoing webhooks' })
  for (const [, , place] of places) await list.getByRole('link', { name: place, exact: true }).waitFor()
  await assertAccessible(page)
  await list.getByRole('link', { name: 'Set at the offer' }).click()
  await page.getByRole('heading', { name: 'Course A' }).waitFor()
  await api('POST', '/purchases', { email: 'grace@example.com', offer_id: offer.id, amount: 4900, currency: 'USD' })
  const [own, site] = [await called(`/offers/${offer.id}`), await called('/settings')]
  assert.deepEqual([own, site].map((c) => JSON.parse(c.body).payload.offer.title), ['Course A', 'Course A'])
  await button('Save').first().waitFor()
})

part('failures stand in the log, and all since a time are sent again', async ({ open, page, button, dialog, api }) => {
  sink.status = 400
  await api('POST', '/contacts', { email: 'alan@example.com', tags: ['VIP'] })
  await eventually(async () => (await api('GET', '/deliveries?status=failed')).items.length === 1, 'failed delivery')
  await open('/deliveries?event=tag.added&status=failed')
  await page.getByRole('list', { name: 'Delivery log' }).getByText('answered 400').waitFor()
  sink.status = 200
  await page.keyboard.press('Control+k')
  await dialog('What do you want to do?').getByRole('combobox').fill('failed ones')
  await page.getByRole('option', { name: 'Send failed ones again' }).click()
  const ask = dialog('Send failed deliveries again')
  await ask.getByText('Only those of Tag added.').waitFor()
  await button('Send them again', ask).click()
  await ask.getByText('1 done').waitFor()
  await button('Done', ask).click()
  await open('/deliveries')
  await page.getByRole('button', { name: 'Tag added (Sent again)' }).click()
  await page.getByRole('dialog').getByText('Delivered', { exact: true }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Show the earlier delivery' }).click()
  await page.getByRole('dialog').getByText('Not delivered', { exact: true }).waitFor()
  assert.equal(sink.calls.filter((c) => c.body.includes('alan@example.com')).length, 2)
})

part('G5 a paused webhook says what it keeps, and sends it or throws it away', async ({ open, page, button, dialog, api }) => {
  const [hook] = (await api('GET', '/hooks?event=tag.added')).items
  await open(`/hooks/${hook.id}`)
  await button('Pause').click()
  const card = page.getByRole('region', { name: 'This webhook is paused' })
  await card.getByText('Nothing happened since.').waitFor()
  const keep = async (email, n) => {
    await api('POST', '/contacts', { email, tags: ['VIP'] })
    await card.getByText(n === 1 ? '1 event is kept.' : `${n} events are kept.`).waitFor()
  }
  await keep('kept@example.com', 1)
  await keep('kept2@example.com', 2)
  await assertAccessible(page)
  await button('Throw it away', card).click()
  await button('Throw them away', dialog('Throw 2 events away?')).click()
  await card.getByText('Nothing happened since.').waitFor()
  await keep('sent@example.com', 1)
  await button('Send what was kept', card).click()
  await card.waitFor({ state: 'detached' })
  await eventually(() => sink.calls.find((c) => c.body.includes('sent@example.com')), 'kept event')
  assert(!sink.calls.some((c) => c.body.includes('kept@example.com')))
})

part('a webhook is edited, gets a new secret, and ends', async ({ open, page, button, dialog, menu, api }) => {
  const [hook] = (await api('GET', '/hooks?event=tag.added')).items
  await open(`/hooks/${hook.id}`)
  await button('Edit').click()
  const form = dialog('Edit webhook')
  await form.getByLabel('Endpoint address').fill(`${to}/moved`)
  await button('Save', form).click()
  await form.waitFor({ state: 'detached' })
  await button('Send a test event').click()
  await page.getByText('The test event was delivered.').waitFor()
  await called('/moved')
  await button('More for this webhook').click()
  await menu('New signing secret').click()
  await button('Make a new secret', dialog('Make a new signing secret?')).click()
  const made = dialog('The new signing secret')
  assert.match(await made.getByTestId('secret').textContent(), /^whsec_/)
  await button('Done', made).click()
  await button('More for this webhook').click()
  await menu('Delete').click()
  await button('Delete this webhook', dialog('Delete this webhook?')).click()
  await page.waitForURL(/\/hooks$/)
  assert.equal((await api('GET', '/hooks?event=tag.added')).items.length, 0)
})

part('list, log and detail are whole on a phone', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [path, list] of [['/hooks', 'Outgoing webhooks'], ['/deliveries', 'Delivery log']]) {
    await open(path)
    await page.getByRole('list', { name: list }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
})
