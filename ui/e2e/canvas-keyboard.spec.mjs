// The first journey by somebody who has no mouse: from the set-up link to a sale
// that grants a course and tells the shop, and the values it ran with.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { openBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

// More stops than any page here has.
const TABS = 80

let server
let sink
let sunk = ''
let browser
let page

before(async () => {
  sink = createServer((request, answer) => {
    sunk = `${request.url} `
    request.on('data', (part) => (sunk += part)).on('end', () => answer.end('{"ok":true}'))
  }).listen(0, '127.0.0.1')
  await once(sink, 'listening')
  server = await startServer({ ALLOW_TARGETS: `127.0.0.1:${sink.address().port}` })
  browser = await openBrowser(new URL(server.setUpLink).origin, { viewport: { width: 1440, height: 900 } })
  page = browser.page
})

after(async () => {
  await browser?.close()
  await server?.stop()
  sink?.close()
})

const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}
const type = (words) => page.keyboard.type(words)
const button = (name, on = page) => on.getByRole('button', { name, exact: true })
const panel = () => page.getByRole('complementary')
const dialog = () => page.getByRole('dialog')
const hasKeys = (element) => element === document.activeElement

/** What has the keyboard lies in view, under nothing else, and shows that it has it, once what lay over it has faded. */
async function assertSeen() {
  const place = await page.evaluate(async () => {
    const look = () => {
      const at = document.activeElement
      const { left, top, right, bottom } = at.getBoundingClientRect()
      const over = document.elementFromPoint((left + Math.min(right, innerWidth)) / 2, (top + Math.min(bottom, innerHeight)) / 2)
      const { outlineStyle, boxShadow } = getComputedStyle(at)
      const hasCaret = at.matches('input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]')
      const ring = at.matches(':focus-visible') && (hasCaret || outlineStyle !== 'none' || boxShadow !== 'none')
      return { what: at.outerHTML.slice(0, 200), inView: over !== null && at.contains(over), ring }
    }
    const end = performance.now() + 5_000
    let place = look()
    while (!(place.inView && place.ring) && performance.now() < end) {
      await new Promise(requestAnimationFrame)
      place = look()
    }
    return place
  })
  assert(place.inView && place.ring, `the keyboard is where nobody sees it: ${JSON.stringify(place)}`)
}

/** Goes on with Tab, or with another key, until the element has the keyboard. */
async function goTo(target, key = 'Tab') {
  await target.first().waitFor()
  for (let n = 0; n < TABS; n++) {
    if (await target.first().evaluate(hasKeys)) return assertSeen()
    await press(key)
  }
  assert.fail(`${key} does not lead to ${target}`)
}

async function use(target, key) {
  await goTo(target, key)
  await press('Enter')
}

/** Waits until the element has the keyboard by itself. */
async function at(target) {
  await target.first().waitFor()
  await page.waitForFunction((element) => element === document.activeElement, await target.first().elementHandle())
  await assertSeen()
}

/** Waits until a dialog has closed and the keyboard is somewhere on the page again. */
async function closed() {
  await dialog().waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement !== document.body)
  await assertSeen()
}

/** Chooses a step or a command by its name, from a list that was just opened. */
async function choose(words, found) {
  await at(dialog().getByRole('combobox'))
  await type(words)
  await page.getByRole('option', { name: found }).first().waitFor()
  await press('Enter')
}

const card = (id) => page.locator(`[data-card=${id}]`)
const searchBox = () => page.getByRole('combobox', { name: 'Search values and functions' })

/** Chooses a value in the field that has the keyboard, by its name. */
async function pick(words, found) {
  await type('/')
  await at(searchBox())
  await type(words)
  await page.getByRole('treeitem', { name: found }).first().waitFor()
  await press('Enter')
  await searchBox().waitFor({ state: 'detached' })
  await panel().locator('[data-pill]').getByText(found).first().waitFor()
  await assertSeen()
}

const send = (url, body) => fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })

test('from nothing to a sale that grants a course, by keyboard alone', { timeout: 180_000 }, async () => {
  // The account.
  await page.goto(server.setUpLink)
  await at(page.getByLabel('Your name'))
  await type('Ada Lovelace')
  await goTo(page.getByLabel('E-mail'))
  await type('ada@example.com')
  await goTo(page.getByRole('textbox', { name: 'Password' }))
  await type('a long enough passphrase')
  await use(button('Create the account'))

  // Home, and an empty workflow.
  await use(page.getByRole('button', { name: /^Empty workflow/ }))

  // What starts it, and a sample.
  await use(button('Choose what starts it'))
  await choose('incoming', /^Incoming webhook/)
  await closed()
  const url = await panel().locator('[data-address]').innerText()
  await use(button('Paste JSON'))
  await at(dialog().getByRole('textbox'))
  await type('{"email":"grace@example.com","name":"Grace Hopper","order":1815}')
  await use(button('Use it as a sample'))
  await closed()
  await panel().getByText('What arrived').waitFor()

  // The contact.
  await use(button('Next: create the contact'))
  await at(panel().getByRole('textbox', { name: 'E-mail', exact: true }))
  await use(button('Fill them in'), 'Shift+Tab')
  await panel().getByText('grace@example.com').first().waitFor()
  await assertSeen()
  await press('Escape')
  await at(card('contact'))

  // The course, from an offer made on the spot.
  await press('a')
  await choose('grant', /^Grant/)
  await closed()
  await at(panel().getByRole('combobox', { name: /^Offer/ }))
  await type('Course A')
  await page.getByRole('option', { name: /^Make “Course A”/ }).waitFor()
  await press('Enter')
  await page.getByRole('button', { name: /^Grant offer.*Course A/ }).waitFor()
  await assertSeen()
  await press('Escape')
  await at(card('grant'))

  // The shop hears of it, with a pill, a query parameter and a custom value.
  await press('a')
  await choose('send data', /^Send data/)
  await closed()
  await at(panel().getByRole('textbox', { name: 'Address' }))
  await type(`http://127.0.0.1:${sink.address().port}/sales`)
  await use(button('Continue', panel()))
  await at(button('Add a field: URL values', panel()))
  await press('Enter')
  await type('source')
  await press('Tab')
  await type('web shop')
  await use(button('Add a field: Data', panel()))
  await type('order')
  await press('Enter')
  await pick('order', /order/i)
  await press('Enter')
  await at(panel().getByRole('textbox', { name: 'Data: Name 2' }))
  await type('shop')
  await press('Tab')
  await type('/')
  await at(searchBox())
  await type('Shop sign')
  await page.getByText('Nothing matches').first().waitFor()
  await press('Enter')
  await at(page.getByRole('textbox', { name: 'Value', exact: true }))
  await type('Looms & Co')
  await use(button('Create and insert'))
  await panel().locator('[data-pill]').getByText(/Shop sign/i).first().waitFor()
  await assertSeen()

  // A test of this one step sends nothing.
  await page.locator('[data-state=saved]').waitFor()
  await press('Control+Enter')
  await panel().getByText('What would be sent').waitFor()
  await panel().getByText(/POST \/sales/).waitFor()
  await panel().getByText(/"order": ?1815/).first().waitFor()
  assert.equal(sunk, '', 'a preview sent something')

  // Live.
  await press('Escape')
  await at(card('send'))
  await press('Shift+P')
  await dialog().getByText('Everything is ready.').waitFor()
  await use(button('Publish', dialog()))
  await closed()
  await page.getByText('Live: v1', { exact: true }).waitFor()

  // A sale appears while it runs, with the values that went in and out.
  assert.equal((await send(url, '{"email":"linus@example.com","name":"Linus","order":1816}')).status, 202)
  await goTo(button('Runs'), 'Shift+Tab')
  await press('Enter')
  await page.waitForFunction(() => document.activeElement.closest('[role=menu]'))
  await page.getByRole('menuitem', { name: /Done|Running/ }).first().waitFor()
  await press('ArrowDown')
  await at(page.getByRole('menuitem', { name: /Done|Running/ }))
  await press('Enter')
  await page.locator('[data-run=succeeded] [data-card=send]').waitFor()
  await goTo(card('send'))
  await press('Enter')
  await panel().getByText('1816').first().waitFor()
  await panel().getByText(/"?ok"?/).first().waitFor()
  assert.equal(sunk, '/sales?source=web+shop {"order":1816,"shop":"Looms & Co"}')
  assert.deepEqual(browser.faults, [])
})
