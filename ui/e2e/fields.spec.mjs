// The forms of the panel, as a person fills them in: every kind of field by
// mouse and by keyboard, pills and their menu, samples, conditions and a test.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assertAccessible, openBrowser } from './browser.mjs'

const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }
const WORKSPACE = '/api/v1/workspaces/main'

let folder
let server
let origin
let browser
let page

/** The stock build has no node with every kind of field; this one has. */
function build() {
  folder = mkdtempSync(join(tmpdir(), 'hookloom-forms-'))
  const binary = join(folder, 'hookloom')
  execFileSync('go', ['build', '-o', binary, './test/forms'], { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { ...process.env, CGO_ENABLED: '0' } })
  return binary
}

before(async () => {
  process.env.BINARY ??= build()
  const { startServer } = await import('./server.mjs')
  server = await startServer()
  origin = new URL(server.setUpLink).origin
  browser = await openBrowser(origin, { viewport: { width: 1440, height: 1000 } })
  page = browser.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const token = new URL(server.setUpLink).searchParams.get('token')
  const made = await page.request.post(`${origin}/api/v1/setup`, { data: { ...owner, token } })
  assert(made.ok(), await made.text())
})

after(async () => {
  await browser?.close()
  await server?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

function part(name, run) {
  test(name, { timeout: 120_000 }, async () => {
    const heard = server.log().length
    try {
      await run()
      assert.deepEqual(browser.faults, [])
    } catch (error) {
      console.error(`at ${page.url()}, the server said:\n${server.log().slice(heard).slice(-3000)}`)
      throw error
    }
  })
}

async function api(method, path, data, headers = {}) {
  const answer = await page.request.fetch(`${origin}${WORKSPACE}${path}`, { method, data, headers })
  const text = await answer.text()
  assert(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const trigger = { id: 'start', type: 'webhook.catch', v: 1, name: 'Sign-up', params: {} }
const BODY = '{"name":"Ada","order":{"id":820982911946154508},"Your e-mail?":"ada@example.com","a.b":{"ü x":[1,2]},"file":"f","evil":"<img src=x onerror=alert(1)>"}'

/** Makes a workflow with a sample, opens it, and opens the panel of a step. */
async function open(name, steps, step, { sample = true } = {}) {
  const made = await api('POST', '/workflows', { name, definition: { schema: 1, triggers: [trigger], steps } })
  if (sample) {
    const answer = await fetch(made.triggers[0].url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: BODY })
    assert.equal(answer.status, 202)
  }
  await page.goto(`${origin}/w/main/workflows/${made.id}`)
  await page.locator(`[data-card="${step}"]`).focus()
  await page.keyboard.press('Enter')
  await page.locator('aside').getByRole('tab', { name: 'Set up' }).waitFor()
  return made.id
}

/** The params of a step once the draft has what is asked for. */
async function stored(id, step, done) {
  const limit = Date.now() + 15_000
  for (;;) {
    const { definition } = await api('GET', `/workflows/${id}`)
    const found = definition.steps.find((s) => s.id === step) ?? definition.triggers.find((t) => t.id === step)
    if (done(found.params ?? {}, found)) return found.params ?? {}
    if (Date.now() > limit) assert.fail(`never stored as wanted: ${JSON.stringify(found, null, 1)}`)
    await page.waitForTimeout(150)
  }
}

const panel = () => page.locator('aside').last()
const field = (pointer) => panel().locator(`[data-field="${pointer}"]`).first()
const textbox = (name) => panel().getByRole('textbox', { name, exact: true })
const button = (name, on = panel()) => on.getByRole('button', { name, exact: true })
const option = (name) => page.getByRole('option', { name, exact: true })
const pills = (on) => on.locator('[data-pill]')
const search = () => page.getByRole('combobox', { name: 'Search values and functions' })
const demo = { id: 'demo', type: 'demo.fields', v: 1, params: {} }

/** What both ways of filling in must lead to. */
const WANTED = {
  text: 'Hi {{ trigger.body.name }}',
  code: 'a / b',
  url: 'https://example.com/a',
  number: 7,
  ratio: 0.5,
  money: { amount: 4990, currency: 'EUR' },
  switch: false,
  maybe: true,
  choice: 'detailed',
  detail: 'More',
  multi_choice: ['red', 'blue'],
  date: '2026-01-31',
  day: '2026-02-01',
  duration: '3d',
  list: ['one', 'two'],
  entries: [{ name: 'x', count: 2 }],
  rows: { a: '{{ trigger.body["Your e-mail?"] }}' },
  texts: { k: 'v' },
  group: { name: 'g' },
  condition: { match: 'all', rules: [{ value: '{{ trigger.body.name }}', is: 'starts_with', to: 'a' }] },
  json: { n: '{{ trigger.body.order.id }}' },
  file: '{{ trigger.body.file }}',
  long_text: 'One\nTwo {{ trigger.body.name }}',
  rich_text: '<b>x</b>',
}

function assertFilled({ secret, ref, ...rest }, offer) {
  assert.deepEqual(rest, WANTED)
  assert.match(secret.$secret, /^sec_/)
  assert.equal(ref, offer)
}

const offerId = async (title) => (await api('GET', '/offers')).items.find((o) => o.title === title)?.id

part('every kind of field is filled in by mouse', async () => {
  const id = await open('By mouse', [demo], 'demo')
  await textbox('Text').click()
  await page.keyboard.insertText('Hi ')
  await button('Insert a value: Text').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await pills(field('/params/text')).getByText('Ada').waitFor()
  await textbox('Code').fill(WANTED.code)
  await textbox('Address').click()
  await page.keyboard.insertText(WANTED.url)
  await textbox('Number').fill('7')
  await textbox('Number with a fraction').fill('0,5')
  await panel().getByLabel('Money: Currency', { exact: true }).fill('eur')
  await textbox('Money: Amount').fill('49.90')
  await panel().getByRole('switch', { name: 'Switch' }).click()
  await panel().getByText('Yes', { exact: true }).click()
  await panel().getByRole('combobox', { name: 'Choice' }).click()
  await option('With details').click()
  await textbox('Detail').click()
  await page.keyboard.insertText('More')
  await panel().getByText('Blue', { exact: true }).click()
  await panel().getByLabel('Date: Date', { exact: true }).fill(WANTED.date)
  await panel().getByLabel('Date as text: Date').fill(WANTED.day)
  await panel().getByLabel('Length of time: Unit').selectOption('days')
  await textbox('Length of time: Length').fill('3')
  await textbox('Secret').fill('s3cret')
  await panel().getByRole('combobox', { name: 'Offer' }).click()
  await page.keyboard.insertText('Gold course')
  await page.getByRole('option', { name: 'Make “Gold course”' }).click()
  await button('Add an entry: List').click()
  await textbox('List, Entry 1').click()
  await page.keyboard.insertText('one')
  await button('Add an entry: List').click()
  await textbox('List, Entry 2').click()
  await page.keyboard.insertText('two')
  await button('Add an entry: List of groups').click()
  const entry = field('/params/entries/0')
  await entry.getByRole('textbox', { name: 'Name' }).click()
  await page.keyboard.insertText('x')
  await entry.getByRole('textbox', { name: 'Count' }).fill('2')
  await button('Add a field: Rows of names and values').click()
  await textbox('Rows of names and values: Name 1').fill('a')
  await textbox('Rows of names and values: Value of a').click()
  await button('Insert a value: Rows of names and values: Value of a').click()
  await search().fill('your e-mail')
  await page.getByRole('treeitem', { name: 'Your e-mail?' }).click()
  const group = field('/params/group')
  await group.getByRole('textbox', { name: 'Name' }).click()
  await page.keyboard.insertText('g')
  await button('Add a condition', field('/params/condition')).click()
  await textbox('Condition 1: value').click()
  await button('Insert a value: Condition 1: value').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await panel().getByLabel('Condition 1: comparison').selectOption('starts_with')
  await textbox('Condition 1: compared with').click()
  await page.keyboard.insertText('a')
  await field('/params/condition').locator('[data-met=true]').first().waitFor()
  await button('More settings').click()
  await button('Add a field: Rows of names and texts').click()
  await textbox('Rows of names and texts: Name 1').fill('k')
  await textbox('Rows of names and texts: Value of k').click()
  await page.keyboard.insertText('v')
  await button('Add a field: Any data').click()
  await textbox('Any data: Name 1').fill('n')
  await textbox('Any data: Value of n').click()
  await button('Insert a value: Any data: Value of n').click()
  await search().fill('order id')
  await page.getByRole('treeitem', { name: /820982911946154508/ }).click()
  await button('Insert a value: File').click()
  await page.getByRole('treeitem', { name: 'File' }).click()
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await textbox('Long text').click()
  await page.keyboard.insertText('One')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('Two ')
  await button('Insert a value: Long text').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await textbox('Rich text').click()
  await page.keyboard.insertText('<b>x</b>')
  const params = await stored(id, 'demo', (p) => p.rich_text === '<b>x</b>' && p.secret?.$secret)
  assertFilled(params, await offerId('Gold course'))
  await assertAccessible(page)
  await panel().getByRole('tab', { name: /Set up/ }).click()
  await panel().getByText('Stored', { exact: true }).waitFor()
  await assertAccessible(page)
  assert(!(await page.content()).includes('s3cret'), 'a stored secret is on the page')
})

/** What has the focus, by its accessible name as far as these forms make one. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at) return ''
    const by = at.getAttribute('aria-labelledby')
    const named = by ? by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ') : undefined
    return (at.getAttribute('aria-label') ?? named ?? at.labels?.[0]?.textContent ?? at.textContent ?? '').replace(' *', '').trim()
  })

/** Goes on with Tab until something of the name has the focus. */
async function tabTo(name, key = 'Tab') {
  const seen = []
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press(key)
    const here = await focused()
    if (here === name) return
    seen.push(here)
  }
  assert.fail(`Tab never came to “${name}”, but to: ${seen.join(' | ')}`)
}

const type = (text) => page.keyboard.type(text)
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}

/** Searches in the open picker and takes the first find. */
async function pick(words) {
  await search().waitFor()
  await type(words)
  await page.getByRole('treeitem', { selected: true }).filter({ hasText: new RegExp(words.split(' ')[0], 'i') }).waitFor()
  await press('Enter')
  await search().waitFor({ state: 'detached' })
}

part('every kind of field is filled in by keyboard', async () => {
  const id = await open('By keyboard', [demo], 'demo')
  await panel().getByRole('tab', { name: /Set up/ }).focus()
  await tabTo('Text')
  await type('Hi /')
  await pick('name')
  await tabTo('Code')
  await type('a / b')
  await tabTo('Address')
  await type(WANTED.url)
  await tabTo('Number')
  await type('7')
  await tabTo('Number with a fraction')
  await type('0.5')
  await tabTo('Money: Amount')
  await type('49.90')
  await tabTo('Money: Currency')
  await type('eur')
  await tabTo('Switch')
  await press('Space')
  await tabTo('Not set')
  await press('ArrowRight')
  await tabTo('Choice')
  await press('ArrowDown', 'ArrowDown', 'Enter')
  await option('With details').waitFor({ state: 'hidden' })
  await tabTo('Detail')
  await type('More')
  await tabTo('Blue')
  await press('Space')
  await panel().getByLabel('Date: Date', { exact: true }).waitFor()
  await tabTo('Date: Date')
  await type('01312026')
  await tabTo('Date as text: Date')
  await type('02012026')
  await tabTo('Length of time: Length')
  await type('3')
  await tabTo('Length of time: Unit')
  await type('days')
  await tabTo('Secret')
  await type('s3cret')
  await tabTo('Offer')
  await type('Silver course')
  await page.getByRole('option', { name: 'Make “Silver course”' }).waitFor()
  await press('ArrowDown', 'Enter')
  await stored(id, 'demo', (p) => p.ref)
  for (const entry of ['one', 'two']) {
    await tabTo('Add an entry: List')
    await press('Enter')
    await page.waitForTimeout(60)
    await type(entry)
  }
  await tabTo('Add an entry: List of groups')
  await press('Enter')
  await page.waitForTimeout(60)
  await type('x')
  await tabTo('Count')
  await type('2')
  await tabTo('Add a field: Rows of names and values')
  await press('Enter')
  await page.waitForTimeout(60)
  await type('a')
  await tabTo('Rows of names and values: Value of a')
  await type('{{')
  await pick('your e-mail')
  await tabTo('Name')
  await type('g')
  await tabTo('Add a condition')
  await press('Enter')
  await tabTo('Condition 1: value')
  await type('/')
  await pick('name')
  await tabTo('Condition 1: comparison')
  await type('starts')
  await tabTo('Condition 1: compared with')
  await type('a')
  await tabTo('More settings')
  await press('Enter')
  await tabTo('Add a field: Rows of names and texts')
  await press('Enter')
  await page.waitForTimeout(60)
  await type('k')
  await tabTo('Rows of names and texts: Value of k')
  await type('v')
  await tabTo('Add a field: Any data')
  await press('Enter')
  await page.waitForTimeout(60)
  await type('n')
  await tabTo('Any data: Value of n')
  await type('/')
  await pick('order id')
  await tabTo('File')
  await type('/')
  await pick('file')
  await panel().getByRole('tab', { name: /Set up/ }).focus()
  await press('ArrowRight')
  await textbox('Long text').waitFor()
  await tabTo('Long text')
  await type('One')
  await press('Enter')
  await type('Two /')
  await pick('name')
  await tabTo('Rich text')
  await type('<b>x</b>')
  const params = await stored(id, 'demo', (p) => p.rich_text === '<b>x</b>' && p.secret?.$secret)
  assertFilled(params, await offerId('Silver course'))
})

const upsert = { id: 'buyer', type: 'contact.upsert', v: 1, name: 'Create contact', params: { email: '{{ trigger.body["Your e-mail?"] }}' } }

part('a pill is chosen, changed, copied and removed by keyboard', async () => {
  const id = await open('Pills', [upsert], 'buyer')
  await panel().getByRole('tab', { name: 'Fields' }).click()
  const email = field('/params/email')
  await pills(email).getByText('ada@example.com').waitFor()
  await email.locator('[data-preview]').getByText('ada@example.com').waitFor()
  await textbox('E-mail').focus()
  await press('End', 'ArrowLeft', 'Enter')
  const menu = page.getByRole('dialog', { name: /Your e-mail/ })
  await menu.getByLabel('Write it').selectOption('upper')
  await menu.locator('[data-preview]').getByText(/ADA@EXAMPLE\.COM/).waitFor()
  await menu.getByLabel('When it is empty').selectOption('stop')
  await assertAccessible(page)
  await press('Escape')
  await menu.waitFor({ state: 'detached' })
  assert.equal(await focused(), 'E-mail', 'the field has the focus again, and the panel is still there')
  await stored(id, 'buyer', (p) => p.email === '{{ trigger.body["Your e-mail?"] | upper() | stop("Your e-mail? is missing") }}')
  await textbox('E-mail').focus()
  await press('ControlOrMeta+a', 'ControlOrMeta+c')
  await textbox('Full name').focus()
  await press('ControlOrMeta+v')
  await stored(id, 'buyer', (p) => p.name === p.email)
  await press('Backspace')
  assert.equal(await pills(field('/params/name')).count(), 1, 'Backspace chooses a pill before it removes it')
  await press('Backspace')
  await stored(id, 'buyer', (p) => p.name === undefined)
})

part('what is wrong in a template is said where it is', async () => {
  const id = await open('Faults', [upsert], 'buyer')
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await textbox('Full name').click()
  await page.keyboard.insertText('Hi {{ trigger.body.name')
  await field('/params/name').getByText(/This \{\{ is not closed/).waitFor()
  await press('ControlOrMeta+a')
  await page.keyboard.insertText('{{ trigger.body.nobody }}')
  await field('/params/name').getByText(/Gives nothing/).waitFor()
  await press('ControlOrMeta+a')
  await page.keyboard.insertText('{{ trigger.body.name | shout() }}')
  await field('/params/name').locator('[data-preview]').getByText(/shout/).waitFor()
  await press('ControlOrMeta+a')
  await page.keyboard.insertText('{{ trigger.body.evil }}')
  await field('/params/name').locator('[data-preview]').getByText('<img src=x onerror=alert(1)>').waitFor()
  assert.equal(await page.locator('aside img:not(.cm-widgetBuffer)').count(), 0)
  await stored(id, 'buyer', (p) => p.name === '{{ trigger.body.evil }}')
})

part('a first sample comes by itself, by hand and by listening', async () => {
  const id = await open('Samples', [{ ...upsert, params: {} }], 'start', { sample: false })
  const url = (await panel().locator('[data-address]').innerText()).trim()
  await button('Copy the address').click()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), url)
  await panel().getByText(/Only this computer can reach this address/).waitFor()
  await button('Send a sample for me').click()
  const send = page.getByRole('dialog', { name: 'Send a sample for me' })
  await send.getByLabel('Sender').selectOption({ label: 'Stripe' })
  await assertAccessible(page)
  await button('Send it', send).click()
  await send.waitFor({ state: 'detached' })
  const list = panel().getByRole('list', { name: 'Samples' }).getByRole('listitem')
  await list.first().waitFor()
  await button('Paste JSON').click()
  const paste = page.getByRole('dialog', { name: 'Paste JSON' })
  await paste.getByLabel('Data').fill('{"email": "grace@example.com",}')
  await button('Use it as a sample', paste).click()
  await paste.getByText(/A comma before a closing bracket was left out/).waitFor()
  await button('Done', paste).click()
  assert.equal(await list.count(), 2)
  await button('Listen for an event').click()
  await panel().getByText(/Waiting for an event/).waitFor()
  await page.waitForTimeout(300)
  await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"email":"linus@example.com","first_name":"Linus"}' })
  await panel().getByText(/Waiting for an event/).waitFor({ state: 'detached' })
  assert.equal(await list.count(), 3)
  await page.locator('[data-card="buyer"]').focus()
  await press('Enter')
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await button('Fill them in').click()
  const params = await stored(id, 'buyer', (p) => p.email)
  assert.match(params.email, /trigger\.body\.email/)
  await pills(field('/params/email')).getByText('linus@example.com').waitFor()
})

part('a test shows the exact request, and leads to the field that is wrong', async () => {
  const send = { id: 'send', type: 'webhook.send', v: 1, name: 'Tell the CRM', params: { url: 'https://crm.example.com/leads?a=1', body: { order: '{{ trigger.body.order.id }}' } } }
  await open('Testing', [upsert, send], 'send')
  await panel().getByRole('tab', { name: 'Test' }).click()
  await button('Test').first().click()
  const wire = panel().locator('[data-wire]')
  await wire.waitFor()
  const text = await wire.innerText()
  assert.match(text, /^POST \/leads\?a=1 HTTP\/1\.1\nHost: crm\.example\.com\n/)
  assert.match(text, /\n\n\{"order":820982911946154508\}$/)
  await assertAccessible(page)
  await open('Failing', [{ ...upsert, params: { email: 'no address' } }], 'buyer')
  await panel().getByRole('tab', { name: 'Test' }).click()
  await button('Test').first().click()
  await panel().getByText(/is not an e-mail address/).waitFor()
  await button('Go to the field').first().click()
  await textbox('E-mail').waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('[data-field="/params/email"]') !== null)
})

part('what happens when a step fails is said in words', async () => {
  const send = { id: 'send', type: 'webhook.send', v: 1, params: { url: 'https://crm.example.com' } }
  const id = await open('Failures', [send], 'send')
  await panel().getByRole('tab', { name: 'If it fails' }).click()
  await panel().getByText(/At once, then after 5 seconds, 5 minutes/).waitFor()
  await panel().getByLabel('Try again').selectOption('own')
  await panel().getByLabel('Tries in all').fill('4')
  await panel().getByLabel('Waits between them').selectOption('double')
  await panel().getByLabel('First wait').fill('10s')
  await panel().getByText('At once, then after 10 seconds, 20 seconds, 40 seconds.').waitFor()
  await panel().getByText('Go on with the next step').click()
  await assertAccessible(page)
  await stored(id, 'send', (_, step) => step.on_error?.do === 'continue' && step.retry?.attempts === 4 && step.retry.backoff.initial === '10s')
})
