// An agency's clients: all of them on one screen, one search, limits, and a link by
// which a client fills in a connection.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { begin, eventually, parts, post } from './pages.mjs'

let world
before(async () => {
  world = await begin()
  const { page, origin, api, workflow } = world
  const flow = await workflow('Sales of Ada', [{ id: 'end', type: 'flow.stop', v: 1, params: { outcome: 'failed', message: 'No such offer.' } }])
  assert.equal((await post(flow.url, { email: 'ada@example.com' })).status, 202)
  await api('POST', '/contacts', { email: 'grace@example.com', name: 'Grace Hopper' })
  for (let n = 1; n < 50; n += 7) {
    await Promise.all(
      Array.from({ length: Math.min(7, 50 - n) }, (_, i) =>
        page.request.post(`${origin}/api/v1/workspaces`, { data: { name: `Client ${String(n + i).padStart(2, '0')}`, timezone: 'UTC' } }),
      ),
    )
  }
  await eventually(async () => (await api('GET', '/runs?status=failed')).items[0], 'failure')
})
after(() => world?.end())
const part = parts(() => world)

part('fifty clients stand on one screen, the worst first, and a click opens its failures', async ({ open, page, heading }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await open('/clients')
  await heading('Clients').waitFor()
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  await rows.nth(49).waitFor()
  assert.equal(await rows.count(), 50)
  for (const n of [0, 24, 25, 49]) {
    const box = await rows.nth(n).boundingBox()
    assert(box.y >= 0 && box.y + box.height <= 900, `row ${n} ends at ${box.y + box.height}`)
  }
  assert.match(await rows.first().innerText(), /1/)
  await rows.first().getByRole('img', { name: '1 run failed in 24 hours' }).waitFor()
  await rows.first().getByRole('link').click()
  await heading('Needs attention').waitFor()
  await page.getByText('No such offer.').first().waitFor()
})

part('one search finds an e-mail and a workflow, from the command menu too', async ({ open, page }) => {
  await open('/clients')
  await page.getByRole('searchbox', { name: 'An e-mail, a run' }).fill('grace@')
  await page.getByRole('list', { name: 'Found' }).getByRole('link', { name: 'grace@example.com' }).click()
  await page.getByRole('heading', { level: 1, name: 'Grace Hopper' }).waitFor()
  await page.goto(`${world.origin}/w/client-01`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Sales of A')
  await page.getByRole('option', { name: /Sales of Ada in/ }).click()
  await page.waitForURL(/\/w\/main\/workflows\//)
})

part('limits are set beside what was used', async ({ open, page, button, dialog, api }) => {
  await open('/clients?view=usage')
  await page.getByRole('button', { name: /^Limits of Client 01/ }).click()
  const asked = dialog('Limits of Client 01')
  await asked.getByLabel('Runs a month').fill('1000')
  await button('Save', asked).click()
  await asked.waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /Client 01/ }).getByText('1,000 runs').waitFor()
  const made = await page.request.get(`${world.origin}/api/v1/workspaces/client-01`)
  assert.deepEqual((await made.json()).limits, { runs_per_month: 1000 })
  assert(await api('GET', ''))
})

part('a client fills in a connection by a link, once', async ({ open, page, button, dialog, api, origin }) => {
  await open('/connections')
  await button('New connection').first().click()
  await dialog('New connection').getByText('Bearer', { exact: false }).first().click()
  await page.getByLabel('Name', { exact: false }).first().fill('Course platform')
  const hosts = page.getByRole('dialog').getByLabel(/hosts/i)
  await hosts.fill('api.example.com')
  await page.keyboard.press('Enter')
  await button('Let the client fill this in').click()
  const url = await page.getByLabel('Link', { exact: true }).inputValue()
  assert.match(url, /\/connect#/)
  await button('Done').click()
  await page.getByText('Waiting for client').waitFor()

  const stranger = await page.context().browser().newContext()
  try {
    const client = await stranger.newPage()
    await client.goto(`${origin}/connect${new URL(url).hash}`)
    await client.getByRole('heading', { level: 1, name: /^Connect to/ }).waitFor()
    assert.equal(new URL(client.url()).hash, '')
    assert(!(await client.locator('body').innerText()).includes('api.example.com'))
    await client.locator('input[type=password]').fill('a secret of the client')
    await client.getByRole('button', { name: 'Save', exact: true }).click()
    await client.getByText('Thank you, that is all').waitFor()
    await client.goto('about:blank')
    await client.goto(`${origin}/connect${new URL(url).hash}`)
    await client.getByText('This link does not work any more').waitFor()
    await client.getByText('used already').waitFor()
  } finally {
    await stranger.close()
  }
  const [stored] = (await api('GET', '/connections')).items
  assert.equal(stored.waiting_since, null)
  assert.equal(stored.params.token, '********')
})
