// What goes wrong around the pages: a server that dies under a form, two tabs,
// impatient fingers, links to what is gone, and people in other time zones.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, eventually, parts, post } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

const stop = { id: 'end', type: 'flow.stop', v: 1, params: { outcome: 'succeeded' } }
const wait = (id) => ({ id, type: 'flow.wait', v: 1, params: { for: '7d' } })

/** Presses a button while the server is dead, then again once it is back. */
async function acrossDeath(server, page, press) {
  await server.kill()
  await press()
  await page.getByText('The server does not answer.').first().waitFor()
  await server.go()
  await press()
}

part('a server that dies under a form loses nothing that was typed', async ({ open, button, dialog, heading, page, server, api }) => {
  await open('/contacts')
  await button('New contact').first().click()
  let form = dialog('New contact')
  await form.getByLabel('First name').fill('Grace')
  await form.getByLabel('E-mail', { exact: true }).fill('grace@example.com')
  await acrossDeath(server, page, async () => {
    assert.equal(await form.getByLabel('First name').inputValue(), 'Grace')
    await button('Create contact', form).click()
  })
  await heading('Grace').waitFor()

  await open('/offers')
  await button('New offer').click()
  form = dialog('New offer')
  await form.getByLabel('Title').fill('Course A')
  await acrossDeath(server, page, () => button('Create offer', form).click())
  await heading('Course A').waitFor()

  await open('/values')
  await button('New value').click()
  form = dialog('New value')
  await form.getByLabel('Name').fill('Support')
  await form.getByLabel('Value', { exact: true }).fill('help@example.com')
  await acrossDeath(server, page, () => button('Create', form).click())
  await page.getByText('help@example.com').waitFor()

  await open('/settings')
  const general = page.getByRole('region', { name: 'General' })
  await general.getByLabel('Name', { exact: true }).first().fill('Loom')
  await acrossDeath(server, page, () => button('Save', general).click())
  await page.getByRole('banner').getByText('Loom', { exact: true }).waitFor()
  for (const path of ['/contacts', '/offers', '/custom-values']) assert.equal((await api('GET', path)).items.length, 1, path)
})

part('pages that are open take up the thread after a restart by themselves', async ({ open, heading, page, server, workflow }) => {
  const { url } = await workflow('After the restart', [stop])
  await open('/runs')
  await heading('Runs').waitFor()
  await server.kill()
  await page.getByText('Live updates are interrupted.').waitFor()
  await server.go()
  await page.getByText('Live updates are interrupted.').waitFor({ state: 'detached' })
  await post(url, {})
  await page.getByRole('list', { name: 'Runs' }).getByText('Done', { exact: true }).waitFor()
})

part('two tabs that change one contact keep what both changed', async ({ open, button, dialog, heading, page, api, origin }) => {
  const made = await api('POST', '/contacts', { email: 'katherine@example.com', first_name: 'K.', last_name: 'G.' })
  await open(`/contacts/${made.id}`)
  await button('Edit').click()
  const form = dialog('Edit contact')
  await form.getByLabel('First name').fill('Katherine')
  const other = await page.context().newPage()
  try {
    await other.goto(`${origin}/w/main/contacts/${made.id}`)
    await button('Edit', other).click()
    await other.getByRole('dialog').getByLabel('Last name').fill('Johnson')
    await button('Save', other.getByRole('dialog')).click()
    await other.getByText('Johnson').first().waitFor()
  } finally {
    await other.close()
  }
  await page.getByText('Johnson').first().waitFor() // below the form, which stays as it was
  await button('Save', form).click()
  await heading('Katherine Johnson').waitFor()
  const stored = await api('GET', `/contacts/${made.id}`)
  assert.deepEqual([stored.first_name, stored.last_name], ['Katherine', 'Johnson'])
})

part('a button that is pressed twice does it once', async ({ open, button, dialog, heading, page, api, workflow }) => {
  await open('/offers')
  await button('New offer').click()
  await dialog('New offer').getByLabel('Title').fill('Course B')
  await button('Create offer', dialog('New offer')).dblclick()
  await heading('Course B').waitFor()
  await open('/keys')
  await button('New key').click()
  const form = dialog('New key')
  await form.getByLabel('Name').fill('Twice')
  await form.getByRole('radiogroup', { name: 'Contacts' }).getByText('Read').click()
  await button('Make the key', form).dblclick()
  await button('I have copied it').click()
  assert.equal((await api('GET', '/api-keys')).items.length, 1)
  const { id, url } = await workflow('Again', [stop])
  await post(url, {})
  const first = await eventually(async () => (await api('GET', `/runs?workflow_id=${id}&status=succeeded`)).items[0], 'run')
  await open(`/runs/${first.id}`)
  await button('Run again').click()
  await button('Start', page.getByRole('dialog')).dblclick()
  await page.waitForURL((address) => address.pathname.includes('/runs/run_') && !address.pathname.endsWith(first.id))
  await page.getByText('Done', { exact: true }).first().waitFor()
  assert.equal((await api('GET', `/runs?workflow_id=${id}`)).items.length, 2)
})

part('links to what is gone say so, with the way on', async ({ open, page, heading, origin, api, workflow }) => {
  const { id } = await workflow('Gone', [stop])
  await api('DELETE', `/workflows/${id}`)
  const contact = await api('POST', '/contacts', { email: 'gone@example.com' })
  await api('DELETE', `/contacts/${contact.id}`)
  for (const path of [`/contacts/${contact.id}`, '/runs/run_none', '/requests/req_none', '/offers/off_none']) {
    await open(path)
    await page.getByRole('heading', { name: 'This is not here any more' }).waitFor()
    assert.equal(await page.getByText('Quote this').count(), 0)
    await page.getByRole('main').getByRole('link', { name: /^All / }).waitFor()
  }
  await assertAccessible(page)
  await open('/nowhere')
  await heading('There is nothing at this address').waitFor()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await assertAccessible(page)
  await page.goto(`${origin}/w/nobody/runs`)
  await heading('There is nothing at this address').waitFor()
  await page.getByRole('link', { name: 'Go to the first page' }).click()
  await heading('Hello, Ada').waitFor()
})

part('a search finds what stands on a page that was not opened yet', async ({ open, page, api }) => {
  await Promise.all(Array.from({ length: 120 }, (_, n) => api('POST', '/custom-values', { name: `Value ${n}`, key: `value_${n}`, value: n })))
  await open('/values')
  await page.getByRole('searchbox').fill('Support')
  await page.getByText('help@example.com').waitFor()
  await page.getByRole('searchbox').fill('nothing like it')
  await page.getByRole('heading', { name: 'No value matches' }).waitFor()
})

part('runs that wait at one step are listed alone', async ({ page, api, workflow, origin }) => {
  const { id, url } = await workflow('Patience', [
    { id: 'fork', type: 'flow.branch', v: 1, params: {}, branches: [{ id: 'a', name: 'A', when: '{{ trigger.body.a }}', steps: [wait('here')] }, { id: 'b', name: 'B', steps: [wait('there')] }] },
  ])
  for (const a of [true, false, true]) await post(url, { a })
  await eventually(async () => (await api('GET', `/runs?workflow_id=${id}&status=waiting`)).items.length === 3, 'waiting runs')
  await page.goto(`${origin}/w/main/workflows/${id}`)
  await page.getByRole('link').filter({ hasText: '2 waiting' }).click()
  await page.waitForURL(/[?&]step=here/)
  const rows = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
  await rows.first().waitFor()
  assert.equal(await rows.count(), 2)
  await page.getByRole('button', { name: /^Only runs that stand at one step/ }).click()
  await rows.nth(2).waitFor()
})

part('times are shown in the zone that the reader chose, and days begin there', async ({ open, page, api, button }) => {
  await open('/settings')
  const you = page.getByRole('region', { name: 'You' })
  await you.getByRole('combobox', { name: 'Your time zone' }).fill('Kathmandu')
  await page.getByRole('option', { name: 'Asia/Kathmandu' }).click()
  await button('Save', you).click()
  await eventually(async () => (await page.request.get(`${new URL(page.url()).origin}/api/v1/me`).then((r) => r.json())).user.timezone === 'Asia/Kathmandu', 'zone')
  const shown = async () => {
    await open('/runs')
    return page.getByRole('list', { name: 'Runs' }).locator('time').first().getAttribute('title')
  }
  assert.match(await shown(), /GMT\+5:45$/)
  const asked = page.waitForRequest((request) => request.url().includes('/runs?') && request.url().includes('from='))
  await page.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: 'Today' }).click()
  assert.match(new URL((await asked).url()).searchParams.get('from'), /T18:15:00.000Z$/)
  await open('/settings')
  await you.getByRole('combobox', { name: 'Your time zone' }).fill('browser')
  await page.getByRole('option', { name: /^As the browser/ }).click()
  await button('Save', you).click()
  await page.getByText('Saved.').waitFor({ state: 'attached' })
  assert.doesNotMatch(await shown(), /GMT\+5:45$/)
  assert.equal((await api('GET', '')).history_days, 90)
  await open('/settings')
  await page.getByText('90 days').waitFor()
})

part('what arrives before the first version is kept, and the list of workflows leads to it', async ({ open, page, api }) => {
  const definition = { schema: 1, settings: { contact: 'optional', timezone: null }, triggers: [{ id: 'hook', type: 'webhook.catch', v: 1, params: {} }], steps: [stop] }
  const made = await api('POST', '/workflows', { name: 'Not yet', definition })
  assert.equal((await post(made.triggers[0].url, { early: true })).status, 202)
  await open('/workflows')
  await page.getByText('Draft: 1 event kept').waitFor()
  await page.getByRole('link', { name: 'Show what was kept' }).click()
  await page.getByRole('list', { name: 'Requests' }).getByText('Kept for later').waitFor()
  assert.equal(await page.getByRole('list', { name: 'Requests' }).getByRole('listitem').count(), 1)
})

part('a file that holds nobody says so before anything begins', async ({ open, page, button }) => {
  await open('/contacts/import')
  const file = (name, content) => page.getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  await file('book.xlsx', 'PK\u0003\u0004 and so on')
  await page.getByText('This is an Excel workbook').waitFor()
  await file('nobody.csv', 'email,name\n')
  await page.getByText('There is nobody in this file').waitFor()
  assert(await button('Import 0 rows').isDisabled())
})

part('publishing is no change of somebody else, and what was done before it can be undone', async ({ open, page, button, api }) => {
  const definition = { schema: 1, settings: { contact: 'optional', timezone: null }, triggers: [{ id: 'hook', type: 'webhook.catch', v: 1, params: {} }], steps: [stop] }
  const { id } = await api('POST', '/workflows', { name: 'Alone', definition })
  await open(`/workflows/${id}`)
  await page.locator('[data-card=end]').click()
  await page.keyboard.press('d')
  await page.locator('[data-state=saved]').waitFor()
  await button('Publish').click()
  await button('Publish', page.getByRole('dialog')).click()
  await page.getByText('Live: v1', { exact: true }).waitFor()
  await eventually(async () => (await api('GET', `/workflows/${id}`)).live_version === 1, 'version')
  await page.waitForLoadState('networkidle')
  assert.equal(await page.getByText('changed elsewhere').count(), 0)
  await button('Undo').click()
  await page.getByText(/your draft has changes|your draft has 1 change/).waitFor()
})
