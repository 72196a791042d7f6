// An agency's template: made of a workflow, set up for clients from a sheet with
// faulty rows, and brought to its next version where a client has changes of its own.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { begin, eventually, parts } from './pages.mjs'

let world
let template
before(async () => {
  world = await begin()
  await world.page.setViewportSize({ width: 1440, height: 900 })
})
after(() => world?.end())
const part = parts(() => world)

const document = (message) => ({
  schema: 1,
  settings: { contact: 'optional', timezone: null },
  triggers: [{ id: 'sale', type: 'webhook.catch', v: 1, name: 'Sale', params: {} }],
  steps: [
    { id: 'buyer', type: 'contact.upsert', v: 1, name: 'Create contact', params: { email: '{{ trigger.body.email }}' } },
    { id: 'mark', type: 'contact.add_tag', v: 1, name: 'Mark as buyer', params: { tags: ['Buyer'] } },
    { id: 'tell', type: 'webhook.send', v: 1, name: 'Tell the shop', params: { method: 'POST', url: 'https://example.com/sales', body_type: 'json', body: { text: message } } },
  ],
})

part('a template is made of a workflow, with what it asks for', async ({ open, page, heading, button, api }) => {
  const made = await api('POST', '/workflows', { name: 'Sale of a course', definition: document('A sale') })
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

part('a sheet sets it up for clients, and says which rows are wrong', async ({ page, button, api, origin }) => {
  const sheet = await (await page.request.get(`${origin}/api/v1/workspaces/main/templates/${template.id}/sheet`)).text()
  const columns = sheet.split('\r\n')[0].split(',')
  const row = (client, url) => columns.map((c, i) => (i === 0 ? client : /shop|address|url/i.test(c) ? url : '')).join(',')
  await page.getByRole('link', { name: '“Sale of a course” for clients' }).click()
  await page.getByRole('link', { name: 'Download the sheet' }).waitFor()
  const csv = [sheet.split('\r\n')[0], row('North', 'https://north.example.com/sales'), row('South', 'https://south.example.com/sales'), row('', 'https://x.example.com'), row('West', 'no address')].join('\r\n')
  await page.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByLabel('Make a workspace for clients').check()
  await page.getByLabel('Publish at once').check()
  await button('Check').click()
  await page.getByText(/^4 rows\./).waitFor()
  await page.getByRole('button', { name: /^Make for/ }).click()
  await page.getByRole('link', { name: 'Download the report' }).waitFor()
  await page.getByRole('cell').filter({ hasText: '/hooks/' }).first().waitFor()
  const urls = await page.getByRole('cell').filter({ hasText: '/hooks/' }).allInnerTexts()
  assert(urls.length >= 2 && new Set(urls).size === urls.length, `${urls}`)
  const clones = await api('GET', `/templates/${template.id}/clones`)
  assert(clones.items.length >= 2, JSON.stringify(clones))
})

part('a new version keeps what a client changed, and asks where both did', async ({ page, button, dialog, api, origin }) => {
  const inClient = async (method, path, data, headers) => {
    const answer = await page.request.fetch(`${origin}/api/v1${path}`, { method, data, headers })
    assert(answer.ok(), `${method} ${path} ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  // South renames its last step; the template renames it too, and waits in between.
  const [south] = (await inClient('GET', '/workspaces/south/workflows')).items
  const theirs = await inClient('GET', `/workspaces/south/workflows/${south.id}`)
  theirs.definition.steps[2].name = 'Tell South'
  await inClient('PUT', `/workspaces/south/workflows/${south.id}`, { name: theirs.name, definition: theirs.definition }, { 'If-Match': '*' })
  await inClient('POST', `/workspaces/south/workflows/${south.id}/publish`, {})
  const source = (await api('GET', '/workflows')).items.find((w) => w.name === 'Sale of a course')
  const next = document('A sale')
  next.steps[2].name = 'Tell the new shop'
  next.steps.splice(2, 0, { id: 'pause', type: 'flow.wait', v: 1, name: 'Wait a little', params: { for: '1m' } })
  await inClient('PUT', `/workspaces/main/workflows/${source.id}`, { name: source.name, definition: next }, { 'If-Match': '*' })
  await inClient('POST', `/workspaces/main/workflows/${source.id}/publish`, {})
  await page.goto(`${origin}/w/main/templates/${template.id}/version`)
  await page.getByLabel('What is new').fill('Waits a minute')
  await button('Save version').click()
  await page.getByRole('heading', { name: 'Your templates' }).waitFor()
  await page.getByRole('button', { name: 'More for “Sale of a course”' }).click()
  await page.getByRole('menuitem', { name: 'Clients and updates' }).click()
  await page.getByRole('button', { name: /^Update \d client/ }).click()
  await dialog('Update clients to v2').getByText('Will wait: both changed').first().waitFor()
  await button('Update', dialog('Update clients to v2')).click()
  await page.getByText('Both changed: choose').first().waitFor()
  await page.getByText('Updated', { exact: true }).first().waitFor()
  await page.getByRole('row', { name: /South/ }).getByRole('button', { name: /^Choose/ }).click()
  await dialog('Both changed: choose for South').waitFor()
  await page.getByRole('radio', { name: /The client’s/ }).click()
  await button('Update this client').click()
  const merged = await eventually(async () => {
    const now = await inClient('GET', `/workspaces/south/workflows/${south.id}?version=live`)
    return now.definition.steps.length === 4 && now
  }, 'merged workflow')
  assert.equal(merged.definition.steps[3].name, 'Tell South')
  assert.equal(merged.definition.steps[2].id, 'pause')
})
