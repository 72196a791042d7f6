// The first five minutes: from the set-up link to a sale that grants a course,
// seen live on the canvas. The clicks besides typing are counted and printed.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { openBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }
const CLICKS = 25
const SALE = `{
  "email": "Grace@example.com", // as the shop sends it
  "name": "Grace Hopper",
  "amount": 4900,
  "order": 820982911946154508,
}`

let server
let origin
let sink
let sunk = ''
let browser
let page

before(async () => {
  sink = createServer((request, answer) => {
    request.on('data', (part) => (sunk += part)).on('end', () => answer.end('{"ok":true}'))
  }).listen(0, '127.0.0.1')
  await once(sink, 'listening')
  server = await startServer({ ALLOW_TARGETS: `127.0.0.1:${sink.address().port}` })
  origin = new URL(server.setUpLink).origin
  browser = await openBrowser(origin, { viewport: { width: 1440, height: 900 } })
  page = browser.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
})

after(async () => {
  await browser?.close()
  await server?.stop()
  sink?.close()
})

let clicks = 0
const click = async (locator) => {
  clicks++
  await locator.click()
}
const button = (name, on = page) => on.getByRole('button', { name, exact: true })
const panel = () => page.getByRole('complementary')
const option = (name) => page.getByRole('option', { name })

/** Types into a field that takes mappings. */
async function type(label, words) {
  await click(panel().getByRole('textbox', { name: label, exact: true }).first())
  await page.keyboard.type(words)
}

test('from nothing to a sale that grants a course', { timeout: 180_000 }, async () => {
  await page.goto(server.setUpLink)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password)
  await click(button('Create the account'))
  await click(page.getByRole('button', { name: /^Empty workflow/ }))

  await click(button('Choose what starts it'))
  await click(option(/^Incoming webhook/))
  await click(button('Copy the address'))
  await click(button('Paste JSON'))
  await page.getByRole('dialog').getByRole('textbox').fill(SALE)
  await click(button('Use it as a sample'))
  await page.getByText('It was mended to be readable:').waitFor()
  await click(button('Done', page.getByRole('dialog')))

  await click(button('Add the first step'))
  await page.keyboard.type('create contact')
  await option(/^Create or update contact/).waitFor()
  await page.keyboard.press('Enter')
  await click(button('Fill them in'))

  await click(page.locator('[data-plus="+/@1"]'))
  await page.keyboard.type('grant')
  await page.keyboard.press('Enter')
  await click(panel().getByRole('textbox', { name: /^Offer/ }).or(panel().getByRole('combobox', { name: /^Offer/ })).first())
  await page.keyboard.type('Course A')
  await click(option(/^Make “Course A”/).or(button('Make “Course A”')).first())
  await page.getByText(/Course A/).first().waitFor()

  await click(page.locator('[data-plus="+/@2"]'))
  await page.keyboard.type('send data')
  await page.keyboard.press('Enter')
  await type('Address', `http://127.0.0.1:${sink.address().port}/sales`)
  await click(button('Continue', panel()))
  await click(panel().getByRole('group', { name: 'Data', exact: true }).getByRole('button', { name: 'Add a field' }))
  await panel().getByRole('textbox', { name: 'Data: Name 1' }).fill('order')
  await type('Data: Value of order', '/')
  await page.getByRole('dialog').getByRole('combobox').or(page.getByRole('dialog').getByRole('searchbox')).first().fill('order')
  await page.keyboard.press('Enter')
  await page.locator('[data-state=saved]').waitFor()
  await click(panel().getByRole('tab', { name: 'Test' }))
  await click(panel().getByRole('tabpanel').getByRole('button', { name: 'Test', exact: true }))
  await panel().getByText('What would be sent').waitFor()
  assert.equal(sunk, '', 'a preview sent something')

  await click(button('Publish'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Everything is ready.').waitFor()
  await click(button('Publish', dialog))
  await page.getByText('Live: v1', { exact: true }).waitFor()

  const url = await page.evaluate(() => navigator.clipboard.readText())
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"email":"linus@example.com","name":"Linus","order":820982911946154509}' })
  assert.equal(answer.status, 202)
  await click(button('Runs'))
  await click(page.getByRole('menuitem', { name: /Done/ }).first())
  await page.locator('[data-run=succeeded] [data-card=send]').waitFor()
  assert.match(sunk, /"order":820982911946154509/)
  console.log(`clicks besides typing: ${clicks} (limit ${CLICKS})`)
  assert(clicks <= CLICKS)
  assert.deepEqual(browser.faults, [])
})
