// An agency's template: made of a workflow, set up for fifty clients from a sheet with
// two faulty rows, and brought to its next versions. The first of those is bad and goes
// back by itself; the next one meets a client with changes of its own and a run that
// waits.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before } from 'node:test'
import { begin, eventually, parts, post } from './pages.mjs'

let world
let template
let shop
/** What the shop was told: client and text, in one line each. */
const told = []
before(async () => {
  shop = createServer(async (request, answer) => {
    const body = []
    for await (const chunk of request) body.push(chunk)
    told.push(`${request.url} ${JSON.parse(Buffer.concat(body).toString()).text}`)
    answer.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(shop, 'listening')
  world = await begin({ ALLOW_TARGETS: `127.0.0.1:${shop.address().port}` })
  await world.page.setViewportSize({ width: 1440, height: 900 })
})
after(async () => {
  await world?.end()
  shop?.close()
})
const part = parts(() => world)

const address = (client) => `http://127.0.0.1:${shop.address().port}/${client}`

/** Who pays later is waited for: until somebody changes the contact. */
const document = (text, ...more) => ({
  schema: 1,
  settings: { contact: 'optional', timezone: null },
  triggers: [{ id: 'sale', type: 'webhook.catch', v: 1, name: 'Sale', params: {} }],
  steps: [
    { id: 'buyer', type: 'contact.upsert', v: 1, name: 'Create contact', params: { email: '{{ trigger.body.email }}' } },
    {
      id: 'when', type: 'flow.branch', v: 1, name: 'Paid?',
      branches: [
        {
          id: 'later', name: 'Pays later', when: '{{ trigger.body.later == true }}',
          steps: [{ id: 'paid', type: 'flow.wait_for', v: 1, name: 'Wait for the payment', params: { event: 'contact.updated', timeout: '168h' }, branches: [{ id: 'happened', steps: [] }, { id: 'late', steps: [] }] }],
        },
        { id: 'now', name: 'Paid', steps: [] },
      ],
    },
    { id: 'mark', type: 'contact.add_tag', v: 1, name: 'Mark as buyer', params: { tags: ['Buyer'] } },
    ...more,
    { id: 'tell', type: 'webhook.send', v: 1, name: 'Tell the shop', params: { method: 'POST', url: address('agency'), body_type: 'json', body: { text } } },
  ],
})

/** A call in any client's workspace; fails on anything but success. */
async function inClient(client, method, path, data) {
  const answer = await world.page.request.fetch(`${world.origin}/api/v1/workspaces/${client}${path}`, { method, data, headers: { 'If-Match': '*' } })
  assert(answer.ok(), `${method} ${client} ${path} ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

/** The client's one workflow, as it is live. */
async function live(client) {
  const [{ id }] = (await inClient(client, 'GET', '/workflows')).items
  return inClient(client, 'GET', `/workflows/${id}?version=live`)
}

const sell = async (client, email, more) => {
  const answer = await post((await live(client)).triggers[0].url, { email, ...more })
  assert.equal(answer.status, 202)
  return answer.body.run_ids[0]
}
const ended = (client, run, status) =>
  eventually(async () => {
    const now = await inClient(client, 'GET', `/runs/${run}`)
    return now.status === status && now
  }, `${status} run at ${client}`)

/** Publishes what the template is made of and makes a version of it, as an earlier part did on the page. */
async function nextVersion(definition, notes) {
  const { api, page, button, origin } = world
  const source = (await api('GET', '/workflows')).items.find((w) => w.name === 'Sale of a course')
  await inClient('main', 'PUT', `/workflows/${source.id}`, { name: source.name, definition })
  await api('POST', `/workflows/${source.id}/publish`, {})
  await page.goto(`${origin}/w/main/templates/${template.id}/version`)
  await page.getByLabel('What is new').fill(notes)
  await button('Save version').click()
  await page.getByRole('heading', { name: 'Your templates' }).waitFor()
  await page.goto(`${origin}/w/main/templates/${template.id}/clients`)
}

part('a template is made of a workflow, with what it asks for', async ({ open, page, heading, button, api }) => {
  const made = await api('POST', '/workflows', { name: 'Sale of a course', definition: document('v1') })
  await api('POST', `/workflows/${made.id}/publish`, {})
  await open('/templates')
  await page.getByRole('link', { name: 'Make a template' }).click()
  await heading('Make a template').waitFor()
  await page.getByRole('combobox', { name: 'Workflows' }).click()
  await page.getByRole('option', { name: 'Sale of a course' }).click()
  await page.keyboard.press('Escape')
  await button('See what it asks for').first().click()
  await page.getByRole('heading', { name: 'What it needs' }).waitFor()
  await page.getByLabel('What it does, in a sentence').fill('Marks buyers and tells the shop.')
  await button('Save template').click()
  await page.getByRole('heading', { name: 'Your templates' }).waitFor()
  template = (await api('GET', '/templates')).items.find((t) => t.name === 'Sale of a course')
})

part('a sheet sets it up for fifty clients, and says which rows are wrong', async ({ page, button, open, origin }) => {
  const sheet = await (await page.request.get(`${origin}/api/v1/workspaces/main/templates/${template.id}/sheet`)).text()
  const columns = sheet.split('\r\n')[0].split(',')
  const row = (client, url) => columns.map((c, i) => (i === 0 ? client : /shop|address|url/i.test(c) ? url : '')).join(',')
  const others = Array.from({ length: 46 }, (_, i) => row(`Client ${i + 1}`, address(`client-${i + 1}`)))
  // One row names nobody, one has an address that is none.
  const csv = [sheet.split('\r\n')[0], row('North', address('north')), row('South', address('south')), ...others, row('', address('nobody')), row('West', 'no address')].join('\r\n')
  await open(`/templates/${template.id}/clone`)
  await page.getByRole('link', { name: 'Download the sheet' }).waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByLabel('Make a workspace for clients').check()
  await page.getByLabel('Publish at once').check()
  await button('Check').click()
  await page.getByText(/^50 rows\./).waitFor()
  await page.getByText('The row names no client.').waitFor()
  await page.getByRole('button', { name: /^Make for/ }).click()
  await page.getByRole('link', { name: 'Download the report' }).waitFor()
  const addresses = page.getByRole('cell').filter({ hasText: '/hooks/' })
  await addresses.first().waitFor()
  const urls = await addresses.allInnerTexts()
  assert(urls.length === 49 && new Set(urls).size === 49, `${urls}`)
  assert.equal(await page.getByRole('row', { name: /^West/ }).getByText('Draft').count(), 1)
  assert.equal(await page.getByText('No event received yet').count(), 49)
})

part('where nothing was received yet it says so, until the first event', async ({ page, origin }) => {
  await page.goto(`${origin}/w/north/workflows`)
  await page.getByText('No event received yet').waitFor()
  // One run of the first version waits; the shop has heard of another.
  await ended('north', await sell('north', 'late@example.com', { later: true }), 'waiting')
  await page.getByText('No event received yet').waitFor({ state: 'detached' })
  await ended('south', await sell('south', 'first@example.com'), 'succeeded')
  assert.deepEqual(told, ['/south v1'])
})

part('a bad version is tried on two clients and goes back by itself', async ({ page, button, dialog }) => {
  const before = [(await live('north')).definition, (await live('south')).definition]
  await nextVersion(document('v2', { id: 'oops', type: 'flow.stop', v: 1, name: 'Oops', params: { outcome: 'failed', message: 'Too early' } }), 'Stops')
  await button('Update 49 clients').waitFor()
  assert.equal(await page.getByText('No event received yet').count(), 47)
  await button('Update 49 clients').click()
  const asked = dialog('Update clients to v2')
  await asked.getByLabel('Try on a few clients first').check()
  await asked.getByLabel('Clients to begin with').fill('2')
  await asked.getByLabel('Finished runs to wait for').fill('2')
  await button('Update', asked).click()
  await page.getByText('Watching the first clients').waitFor()
  for (const client of ['north', 'south']) await ended(client, await sell(client, 'second@example.com'), 'failed')
  await page.getByText(/100 % of the first clients' 2 runs failed, 0 % before: it was rolled back by itself/).waitFor({ timeout: 60_000 })
  await page.getByText('Left as it was').nth(46).waitFor()
  await eventually(async () => (await live('south')).definition.steps.length === 4, 'the version before')
  assert.deepEqual([(await live('north')).definition, (await live('south')).definition], before)
  await ended('south', await sell('south', 'third@example.com'), 'succeeded')
})

part('the next version keeps what a client changed, asks where both did, and lets runs end on theirs', async ({ page, button, dialog }) => {
  // South renames two steps; the template renames one of them too.
  const theirs = await live('south')
  theirs.definition.steps[0].name = 'Our buyer'
  theirs.definition.steps[3].name = 'Tell South'
  await inClient('south', 'PUT', `/workflows/${theirs.id}`, { name: theirs.name, definition: theirs.definition })
  await inClient('south', 'POST', `/workflows/${theirs.id}/publish`, {})
  const next = document('v3', { id: 'pause', type: 'flow.wait', v: 1, name: 'Wait a little', params: { for: '1m' } })
  next.steps[4].name = 'Tell the new shop'
  await nextVersion(next, 'Waits a minute')
  await button('Update 49 clients').click()
  await dialog('Update clients to v3').getByText('Will wait: both changed').first().waitFor()
  await button('Update', dialog('Update clients to v3')).click()
  const south = page.getByRole('row', { name: /South/ })
  await south.getByText('Both changed: choose').waitFor({ timeout: 60_000 })
  await page.getByText('Updated', { exact: true }).nth(46).waitFor({ timeout: 60_000 })
  await south.getByRole('button', { name: /^Choose/ }).click()
  await dialog('Both changed: choose for South').waitFor()
  await page.getByRole('radio', { name: /The client’s/ }).click()
  await button('Update this client').click()
  const merged = await eventually(async () => {
    const now = await live('south')
    return now.definition.steps.length === 5 && now.definition
  }, 'merged workflow')
  assert.deepEqual(merged.steps.map((s) => s.name), ['Our buyer', 'Paid?', 'Mark as buyer', 'Wait a little', 'Tell South'])
  // North's first run goes on where it waited: its version tells the shop at once.
  assert.equal((await live('north')).definition.steps.length, 5)
  const [late] = (await inClient('north', 'GET', '/contacts?email=late%40example.com')).items
  await inClient('north', 'PATCH', `/contacts/${late.id}`, { name: 'Has paid' })
  await eventually(() => told.includes('/north v1'), 'end of the run that waited')
})
