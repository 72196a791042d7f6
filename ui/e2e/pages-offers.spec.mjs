// The addresses of an offer and the log of their calls, as a person uses them.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, parts, post } from './pages.mjs'

let world
let offer
before(async () => {
  world = await begin()
  offer = await world.api('POST', '/offers', { title: 'Course A', products: [{ title: 'Basics' }] })
})
after(() => world?.end())
const part = parts(() => world)

const ada = { name: 'Ada Lovelace', email: 'ada@example.com', external_user_id: 'ada-1' }

/** What the copy button beside a URL puts into the clipboard. */
async function copied({ page, button }, label) {
  await button(`Copy the ${label}`).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

part('K1 an offer shows its activation and its deactivation URL together, each with a copy button', async (w) => {
  await w.open(`/offers/${offer.id}`)
  const activation = await copied(w, 'Activation URL')
  const deactivation = await copied(w, 'Deactivation URL')
  assert.match(activation, new RegExp(`^${w.origin}/webhooks/offers/[\\w-]{16,}/${offer.number}/activate$`))
  assert.equal(deactivation, activation.replace(/activate$/, 'deactivate'))
  await w.heading('Course A').click() // away from the button and its tooltip
  await w.page.getByRole('tooltip').waitFor({ state: 'detached' })
  await assertAccessible(w.page)
})

part('K2 what is copied grants and revokes', async (w) => {
  await w.open(`/offers/${offer.id}`)
  const [activation, deactivation] = [await copied(w, 'Activation URL'), await copied(w, 'Deactivation URL')]
  assert.equal((await post(activation, ada)).status, 200)
  await w.page.reload()
  await w.page.getByRole('link', { name: 'Ada Lovelace' }).waitFor()
  assert.equal((await post(deactivation, { external_user_id: ada.external_user_id })).status, 200)
  await w.page.reload()
  await w.page.getByText('Nobody has it yet.').waitFor()
})

part('K7 the example names what is required and can ask for the e-mail', async ({ open, page }) => {
  await open(`/offers/${offer.id}`)
  await page.getByText('What to send').click()
  const example = page.getByRole('region', { name: 'Example request' })
  assert.match(await example.innerText(), /"name":.*"email":.*"external_user_id":/)
  await page.getByRole('switch', { name: /^Send the confirmation e-mail/ }).click()
  assert.match(await example.innerText(), /\/activate\?send_offer_grant_email=true'/)
  await page.getByRole('radiogroup', { name: 'Which call to show' }).getByText('Deactivate').click()
  assert.match(await example.innerText(), /\/deactivate'[\s\S]*-d '\{"external_user_id":"[^"]+"\}'/)
  await assertAccessible(page)
})

part('K10 new addresses are made, the old ones work on for a while, and who uses them is listed', async (w) => {
  await w.open(`/offers/${offer.id}`)
  const old = await copied(w, 'Activation URL')
  await w.button('New addresses').click()
  const dialog = w.dialog('Give this offer new addresses?')
  await dialog.getByRole('combobox').click()
  await w.page.getByRole('option', { name: 'work for another 7 days' }).click()
  await assertAccessible(w.page)
  await w.button('Make new addresses', dialog).click()
  await w.page.getByText('Old addresses still work').waitFor()
  await w.page.getByText('Nobody has used an old address').waitFor()
  assert.notEqual(await copied(w, 'Activation URL'), old)
  assert.equal((await post(old, ada)).status, 200)
  await w.page.reload()
  const callers = w.page.getByRole('region', { name: 'Who still uses an old address' })
  await callers.getByText('1 call').waitFor()
  await callers.getByText('127.0.0.1').waitFor()
  await assertAccessible(w.page)
})

part('K11 the link below the deactivation URL opens the log', async ({ open, page, heading }) => {
  await open(`/offers/${offer.id}`)
  const link = page.getByRole('link', { name: 'View webhook log entries' })
  const above = await page.getByRole('textbox', { name: 'Deactivation URL' }).boundingBox()
  assert((await link.boundingBox()).y > above.y)
  await link.click()
  await heading('Webhook log of Course A').waitFor()
})

part('K12 the log has the columns that users know, in their order', async ({ open, page }) => {
  await open(`/offers/${offer.id}/log`)
  const table = page.getByRole('table', { name: 'Webhook log entries' })
  await table.waitFor()
  assert.deepEqual(await table.getByRole('columnheader').allInnerTexts(), ['ID', 'Status', 'Request UUID', 'Params', 'Errors', 'Created at'])
  const first = table.getByRole('row').nth(1)
  await first.getByText('200 Done').waitFor()
  await first.getByText('old address').waitFor()
  assert.match(await first.getByRole('cell').nth(2).innerText(), /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/)
  await first.getByText('ada@example.com').waitFor()
  await assertAccessible(page)
})

part('K13 a refused call appears by itself with each reason, and opens', async ({ open, page, button, api }) => {
  await open(`/offers/${offer.id}/log`)
  await page.getByRole('table').waitFor()
  const { activation_url: url } = await api('GET', `/offers/${offer.id}/webhooks`)
  assert.equal((await post(url, { email: 'nonsense' })).status, 422)
  const row = page.getByRole('row').filter({ hasText: 'nonsense' })
  await row.getByText('422 Refused').waitFor()
  for (const reason of ["name can't be blank", "external_user_id can't be blank", 'email is invalid']) await row.getByText(reason).waitFor()
  await row.getByRole('button', { name: /^Details of entry/ }).press('Enter')
  await page.getByRole('region', { name: 'What was sent' }).getByText('"nonsense"').waitFor()
  await assertAccessible(page)
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Refused' }).click()
  await page.waitForURL(/verdict=invalid/)
  await page.getByText('200 Done').first().waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Which URL' }).click()
  await page.getByRole('option', { name: 'Deactivation' }).click()
  await page.getByRole('heading', { name: 'No entry matches' }).waitFor()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await row.waitFor()
  assert.equal(await button('Show more').count(), 0)
})

part('K9 a body that is no JSON is logged with the place of the error', async ({ open, page, api }) => {
  const { activation_url: url } = await api('GET', `/offers/${offer.id}/webhooks`)
  assert.equal((await post(url, '{"name": "Ada",}')).status, 400)
  await open(`/offers/${offer.id}/log`)
  const row = page.getByRole('row').filter({ hasText: '400 Refused' })
  await row.getByText('Could not be read').waitFor()
  await row.getByText(/line 1, column 16/).waitFor()
})

part('the addresses and the log are whole on a phone', async ({ open, page, api }) => {
  const { deactivation_url: url } = await api('GET', `/offers/${offer.id}/webhooks`)
  assert.equal((await post(url, { external_user_id: 'nobody-at-all' })).status, 422)
  await page.setViewportSize({ width: 390, height: 844 })
  await open(`/offers/${offer.id}`)
  await page.getByText('Activation URL').first().waitFor()
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
  assert.equal(await wide(), 390)
  await open(`/offers/${offer.id}/log`)
  await page.getByRole('table').waitFor()
  assert.equal(await wide(), 390)
  await assertAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
})
