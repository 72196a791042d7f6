// The first five minutes: from the set-up link to a sale that grants a course,
// seen live on the canvas. The clicks besides typing are counted and printed;
// what has the keyboard anyway is typed into, as a person would.
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
    sunk = `${request.method} ${request.url} `
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
const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const type = (words) => page.keyboard.type(words)
const panel = () => page.getByRole('complementary')
const option = (name) => page.getByRole('option', { name })

/** Waits until the keyboard is where somebody who types looks. */
const atField = (name) => page.waitForFunction(nameOfFocus, name)

function nameOfFocus(name) {
  const { activeElement: at } = document
  const label = at?.getAttribute('aria-label') ?? document.getElementById(at?.getAttribute('aria-labelledby') ?? '')?.textContent ?? at?.labels?.[0]?.textContent
  return label?.replace(/[\s*]+$/, '') === name
}

/** Chooses a step by its name, from a palette that was just opened. */
async function choose(words, found) {
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type(words)
  await option(found).waitFor()
  await press('Enter')
}

/** Chooses a value in the field that has the keyboard, by a sign and its name. */
async function pick(sign, words, found) {
  await type(sign)
  const search = page.getByRole('combobox', { name: 'Search values and functions' })
  await search.waitFor()
  await type(words)
  await page.getByRole('treeitem', { name: found }).first().waitFor()
  await press('Enter')
  await search.waitFor({ state: 'detached' })
}

const send = (url, body) => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })

test('from nothing to a sale that grants a course', { timeout: 180_000 }, async () => {
  await page.goto(server.setUpLink)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password)
  await click(button('Create the account'))
  await click(page.getByRole('button', { name: /^Empty workflow/ }))

  await click(button('Choose what starts it'))
  await choose('incoming', /^Incoming webhook/)
  await click(button('Copy the address'))
  const url = await page.evaluate(() => navigator.clipboard.readText())
  const samples = page.getByRole('region', { name: 'Samples' })

  // A sample in each of the three ways; the last one stays chosen.
  await click(button('Send a sample for me'))
  await click(button('Send it', page.getByRole('dialog')))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await samples.getByText('What arrived').waitFor()
  await click(button('Listen for an event'))
  await page.getByText(/^Waiting for an event/).waitFor()
  assert.equal((await send(url, '{"email":"first@example.com","heard":"while listening"}')).status, 202)
  await button('Listen for an event').waitFor()
  await click(button('Paste JSON'))
  await page.getByRole('dialog').getByRole('textbox').fill(SALE)
  await click(button('Use it as a sample'))
  await page.getByText('It was mended to be readable:').waitFor()
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await click(button('Next: create the contact'))
  await click(button('Fill them in'))

  await click(page.locator('[data-plus="+/@1"]'))
  await choose('grant', /^Grant/)
  await atField('Offer')
  await type('Course A')
  await option(/^Make “Course A”/).waitFor()
  await press('Enter')
  await page.getByRole('button', { name: /^Grant offer.*Course A/ }).waitFor()

  await click(page.locator('[data-plus="+/@2"]'))
  await choose('send data', /^Send data/)
  await atField('Address')
  await type(`http://127.0.0.1:${sink.address().port}/sales`)
  await click(button('Continue', panel()))
  await atField('Add a field: URL values')
  await press('Enter')
  await type('source')
  await press('Tab')
  await type('web shop')
  await click(button('Add a field: Data', panel()))
  await type('order')
  await press('Enter')
  await pick('/', 'order', /order/i)
  await press('Enter')
  await atField('Data: Name 2')
  await type('buyer')
  await press('Tab')
  await pick('{{', 'contact email', /e-?mail/i)
  await press('Tab')
  await atField('Data: Name 3')
  await type('shop')
  await press('Tab')
  await type('/')
  await page.getByRole('combobox', { name: 'Search values and functions' }).waitFor()
  await type('Shop sign')
  await page.getByText('Nothing matches').first().waitFor()
  await press('Enter')
  await atField('Value')
  await type('Looms & Co')
  await press('Tab', 'Tab', 'Enter')
  await panel().locator('[data-pill]').getByText(/Shop sign/i).first().waitFor()

  await page.locator('[data-state=saved]').waitFor()
  await press('Control+Enter')
  await panel().getByText('What would be sent').waitFor()
  const request = panel().getByText(/POST \/sales\?source=web/)
  await request.waitFor()
  const shown = await panel().getByRole('tabpanel').innerText()
  for (const part of ['"order": ?820982911946154508', 'Looms & Co', 'grace@example.com']) assert.match(shown, new RegExp(part))
  assert.equal(sunk, '', 'a preview sent something')

  await click(button('Publish'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Everything is ready.').waitFor()
  await click(button('Publish', dialog))
  await page.getByText('Live: v1', { exact: true }).waitFor()

  assert.equal((await send(url, '{"email":"linus@example.com","name":"Linus","order":820982911946154509}')).status, 202)
  await click(button('Runs'))
  await click(page.getByRole('menuitem', { name: /Done|Running/ }).first())
  await page.locator('[data-run=succeeded] [data-card=send]').waitFor()
  await panel().getByText('820982911946154509').first().waitFor()
  await panel().getByText(/"?ok"?/).first().waitFor()
  assert.match(sunk, /^POST \/sales\?source=web(\+|%20)shop /)
  assert.match(sunk, /"order":820982911946154509/)
  assert.match(sunk, /"buyer":"linus@example.com"/)
  assert.match(sunk, /"shop":"Looms & Co"/)
  console.log(`clicks besides typing, with all three ways of a sample: ${clicks} (limit ${CLICKS})`)
  assert(clicks <= CLICKS)
  assert.deepEqual(browser.faults, [])
})
