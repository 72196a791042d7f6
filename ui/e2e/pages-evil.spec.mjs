// Texts that try to become part of the page, in everything that is stored: they
// are shown as what they are, and nothing of them runs.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { corpus } from './evil.mjs'
import { begin, eventually, parts, post } from './pages.mjs'

const evil = corpus()
const AT_ONCE = 20

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

/** Does something for each item, a few at a time. */
async function each(items, run) {
  const queue = [...items]
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

const flat = (text) => text.replaceAll(/\s+/g, ' ').trim()
/** What a part of the page says. */
const said = async (place) => flat(await place.innerText())
/** Fails when something of the texts became an element. The editor of mappings has images of its own beside its pills. */
async function nothingGrew(page) {
  assert.equal(await page.locator('body :is(img:not(.cm-widgetBuffer), script, iframe, object, embed, base, meta, style[src], svg[onload], [onerror], [onclick])').count(), 0)
}

/** What the list of a page says, with all its parts opened. */
async function opened(place) {
  const more = place.getByText(/^Show .* more$/)
  while ((await more.count()) > 0) await more.first().click()
  return said(place)
}

part('values, offers, connections and keys have names that stay text', async ({ page, open, api }) => {
  await each(evil.slice(0, 100), (value) => api('POST', '/custom-values', { name: value.slice(0, 100), key: `v${evil.indexOf(value)}`, value }))
  await each(evil.slice(100), (title) => api('POST', '/offers', { title: title.slice(0, 190), products: [{ title: title.slice(0, 190) }] }))
  await each(evil.slice(0, 60), (name) => api('POST', '/connections', { type: 'auth.bearer', name: name.slice(0, 100), params: { token: 'x', hosts: ['api.example.com'] } }))
  await each(evil.slice(60, 90), (name) => api('POST', '/api-keys', { name: name.replaceAll(/\p{C}|\u2028/gu, ' ').slice(0, 100), scopes: ['contacts:read'] }))
  for (const [path, texts] of [
    ['/values', evil.slice(0, 100)],
    ['/offers', evil.slice(100).map((t) => t.slice(0, 190))],
    ['/connections', evil.slice(0, 60).map((t) => t.slice(0, 100))],
    ['/keys', evil.slice(60, 90).map((t) => t.replaceAll(/\p{C}|\u2028/gu, ' ').slice(0, 100))],
  ]) {
    await open(path)
    await page.getByRole('main').getByRole('listitem').first().waitFor()
    const all = await said(page.locator('main'))
    for (const text of texts) assert(all.includes(flat(text)), `${path} lacks ${text}`)
    await nothingGrew(page)
  }
})

part('keys and values of a payload, names of workflows and steps stay text, also when they fail', async ({ page, open, api, workflow, button }) => {
  const bad = evil[4]
  const { id, url } = await workflow(bad, [{ id: 'send', type: 'webhook.send', v: 1, name: evil[12], note: evil[15], params: { method: 'POST', url: 'http://127.0.0.1:9/', body: { text: evil[22] } } }])
  await post(url, Object.fromEntries(evil.map((text, n) => [`${n} ${text}`, text])))
  const [failed] = await eventually(async () => {
    const { items } = await api('GET', `/runs?workflow_id=${id}&status=failed`)
    return items.length > 0 ? items : undefined
  }, 'failed run')

  await open('/requests')
  await page.getByRole('link', { name: bad }).click()
  const data = page.getByRole('region', { name: 'Data' })
  await data.getByText(/^Show .* more$/).first().waitFor()
  const all = await opened(data)
  for (const text of evil) assert(all.includes(flat(text)), `the request's data lacks ${text}`)
  await nothingGrew(page)
  await button('JSON').click()
  await nothingGrew(page)

  await open(`/runs/${failed.id}`)
  await page.getByText(evil[12]).first().waitFor()
  await page.getByText('What started it').click()
  await nothingGrew(page)
  await open('/attention')
  await page.getByText(evil[12]).first().waitFor()
  await nothingGrew(page)
  for (const path of ['/', '/workflows', '/runs', '/outbox', '/settings']) {
    await open(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await nothingGrew(page)
  }
  await page.goto(page.url().replace('/settings', `/runs?q=${encodeURIComponent(evil[3])}&failure=${encodeURIComponent(evil[4])}`))
  await page.getByRole('heading', { level: 2, name: 'No run matches' }).or(page.getByRole('alert')).waitFor()
  await nothingGrew(page)
})

part('people, their tags and fields, and the cells of a file stay text', async ({ page, open, api }) => {
  const bad = evil[4]
  await api('POST', '/contact-fields', { label: bad, key: 'evil', kind: 'text' })
  const made = await api('POST', '/contacts', { email: 'eve@example.com', name: bad, company: evil[7], tags: [evil[10].slice(0, 60)], fields: { evil: evil[20] } })
  await open(`/contacts/${made.id}`)
  await page.getByRole('heading', { level: 1, name: bad }).waitFor()
  await page.getByText('Contact created').waitFor()
  const all = await said(page.locator('main'))
  for (const text of [evil[7], evil[20], evil[10].slice(0, 60)]) assert(all.includes(flat(text)), `the contact lacks ${text}`)
  await nothingGrew(page)
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('dialog').getByLabel(bad).waitFor()
  await nothingGrew(page)

  const quoted = (text) => `"${text.replaceAll('"', '""')}"`
  const rows = evil.map((text, n) => `${n % 2 === 0 ? `p${n}@example.com` : quoted(text)},${quoted(text)},x`)
  await open('/contacts/import')
  await page.getByTestId('import-file').setInputFiles({ name: `${bad.replaceAll('/', '')}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`E-mail,Name,${quoted(evil[9])}\n${rows.join('\n')}\n`) })
  await page.getByText(flat(evil[9])).first().waitFor()
  await nothingGrew(page)
  await page.getByRole('button', { name: /^Import \d+ rows$/ }).click()
  await page.getByText(/^\d+ new contacts$/).waitFor()
  await page.getByText(/^Row \d+:/).first().waitFor()
  await nothingGrew(page)
  await open('/contacts')
  await page.getByRole('list', { name: 'Contacts' }).getByRole('listitem').first().waitFor()
  await nothingGrew(page)
})

part('forms, what is sent in, sales and the log of an offer stay text', async ({ page, open, api }) => {
  const line = (n) => flat(evil[n]).slice(0, 100)
  const form = await api('POST', '/forms', {
    title: line(3), intro: line(5), button: line(6).slice(0, 60), thank_you: line(7),
    fields: [{ key: 'email', kind: 'email', label: line(8), help: line(9), required: true }, { key: 'pick', kind: 'choice', label: line(10), options: [line(11), line(12)] }],
  })
  await api('POST', `/forms/${form.id}/submissions`, { answers: { email: 'mallory@example.com', pick: line(11) }, source: evil[13] })
  await open(`/forms/${form.id}`)
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.waitFor()
  for (const n of [3, 5, 8, 9, 10]) assert((await said(preview)).includes(line(n)), `the preview lacks ${line(n)}`)
  await nothingGrew(page)
  await page.getByRole('tab', { name: 'Share' }).click()
  await page.getByText(form.url, { exact: true }).waitFor()
  await nothingGrew(page)
  await page.getByRole('tab', { name: 'Submissions' }).click()
  await page.getByRole('button', { name: 'No. 1' }).click()
  for (const text of [line(11), flat(evil[13])]) assert((await said(page.locator('main'))).includes(text), `the submissions lack ${text}`)
  await nothingGrew(page)

  const offer = await api('POST', '/offers', { title: line(14), products: [] })
  const { activation_url: url } = await api('GET', `/offers/${offer.id}/webhooks`)
  await post(url, { name: evil[15], email: evil[16], external_user_id: evil[17] })
  await open(`/offers/${offer.id}/log`)
  await page.getByRole('button', { name: /^Details of entry/ }).click()
  const sent = page.getByRole('region', { name: 'What was sent' })
  await sent.waitFor()
  assert((await page.getByRole('table').innerText()).includes(evil[16]))
  await nothingGrew(page)

  const sold = await api('POST', '/purchases', { email: 'mallory@example.com', offer_id: offer.id, amount: 100, currency: 'USD', coupon: line(18), source: line(19), external_id: line(20) })
  await open(`/sales?tab=purchases&id=${sold.id}`)
  const drawer = page.getByRole('dialog')
  await drawer.getByText(line(14)).waitFor()
  for (const n of [14, 18, 19, 20]) assert((await said(drawer)).includes(line(n)), `the sale lacks ${line(n)}`)
  await nothingGrew(page)
})

part('the canvas, its panel and its picker show them as text', async ({ page, open, api, button }) => {
  const trigger = { id: 'hook', type: 'webhook.catch', v: 1, name: evil[1], note: evil[2], params: {} }
  const branches = [{ id: 'a', name: evil[5], when: `{{ trigger.body.n == ${JSON.stringify(evil[6])} }}`, steps: [] }, { id: 'b', name: evil[7], steps: [] }]
  const steps = [
    { id: 'tag', type: 'contact.add_tag', v: 1, name: evil[3], note: evil[4], params: { tags: [evil[0].slice(0, 60)] } },
    { id: 'fork', type: 'flow.branch', v: 1, name: evil[8], params: {}, branches },
  ]
  const { id } = await api('POST', '/workflows', { name: evil[11], definition: { schema: 1, settings: { contact: 'optional', timezone: null }, triggers: [trigger], steps } })
  await api('POST', `/workflows/${id}/samples`, { trigger_id: 'hook', body: JSON.stringify(Object.fromEntries(evil.slice(0, 40).map((text) => [text, text]))) }).catch(() => undefined)
  await open(`/workflows/${id}`)
  await page.locator('[data-card=tag]').waitFor()
  const cards = await said(page.locator('main'))
  for (const text of [evil[1], evil[3], evil[5], evil[7], evil[8], evil[11]]) assert(cards.includes(flat(text)), `the canvas lacks ${text}`)
  await page.locator('[data-card=tag]').click()
  await page.getByRole('complementary').getByRole('tab').first().waitFor()
  await nothingGrew(page)
  for (const card of ['hook', 'fork']) {
    await page.locator(`[data-card=${card}]`).click()
    await page.waitForLoadState('networkidle')
    await nothingGrew(page)
  }
  await button('Publish').click()
  await page.getByRole('dialog').waitFor()
  await nothingGrew(page)
})
