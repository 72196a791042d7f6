// What the tests of the panel's forms share: a server, a page, and the ways to
// its fields.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser.mjs'

const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }
const WORKSPACE = '/api/v1/workspaces/main'

let server
let browser
export let page
export let origin

/** Starts a server, sets it up and opens a page. BINARY must be set before, when it is not the stock one. */
export async function begin() {
  const { startServer } = await import('./server.mjs')
  server = await startServer()
  origin = new URL(server.setUpLink).origin
  browser = await openBrowser(origin, { viewport: { width: 1440, height: 1000 } })
  page = browser.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const token = new URL(server.setUpLink).searchParams.get('token')
  const made = await page.request.post(`${origin}/api/v1/setup`, { data: { ...owner, token } })
  assert(made.ok(), await made.text())
}

export async function end() {
  await browser?.close()
  await server?.stop()
}

export function part(name, run) {
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

export async function api(method, path, data, headers = {}) {
  const answer = await page.request.fetch(`${origin}${WORKSPACE}${path}`, { method, data, headers })
  const text = await answer.text()
  assert(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const trigger = { id: 'start', type: 'webhook.catch', v: 1, name: 'Sign-up', params: {} }
const BODY = '{"name":"Ada","order":{"id":820982911946154508},"Your e-mail?":"ada@example.com","a.b":{"ü x":[1,2]},"file":"f","evil":"<img src=x onerror=alert(1)>"}'

/** Makes a workflow with a sample, opens it, and opens the panel of a step. */
export async function open(name, steps, step, { sample = true } = {}) {
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
export async function stored(id, step, done) {
  const limit = Date.now() + 15_000
  for (;;) {
    const { definition } = await api('GET', `/workflows/${id}`)
    const found = definition.steps.find((s) => s.id === step) ?? definition.triggers.find((t) => t.id === step)
    if (found && done(found.params ?? {}, found)) return found.params ?? {}
    if (Date.now() > limit) assert.fail(`never stored as wanted: ${JSON.stringify(found, null, 1)}`)
    await page.waitForTimeout(150)
  }
}

export const panel = () => page.locator('aside').last()
export const field = (pointer) => panel().locator(`[data-field="${pointer}"]`).first()
export const textbox = (name) => panel().getByRole('textbox', { name, exact: true })
export const button = (name, on = panel()) => on.getByRole('button', { name, exact: true })
export const option = (name) => page.getByRole('option', { name, exact: true })
export const pills = (on) => on.locator('[data-pill]')
export const search = () => page.getByRole('combobox', { name: 'Search values and functions' })
function nameOfFocus() {
  const at = document.activeElement
  if (!at) return ''
  const by = at.getAttribute('aria-labelledby')
  const named = by ? by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ') : undefined
  return (at.getAttribute('aria-label') ?? named ?? at.labels?.[0]?.textContent ?? at.textContent ?? '').replace(' *', '').trim()
}

/** What has the focus, by its accessible name as far as these forms make one. */
export const focused = () => page.evaluate(nameOfFocus)

/** Waits until something of the name has the focus by itself. */
export const keysAt = (name) => page.waitForFunction(`(${nameOfFocus})() === ${JSON.stringify(name)}`)

/** Goes on with Tab until something of the name has the focus. */
export async function tabTo(name, key = 'Tab') {
  const seen = []
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press(key)
    const here = await focused()
    if (here === name) return
    seen.push(here)
  }
  assert.fail(`Tab never came to “${name}”, but to: ${seen.join(' | ')}`)
}

export const type = (text) => page.keyboard.type(text)
export const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key)
}

/** Searches in the open picker and takes the first find. */
export async function pick(words) {
  await search().waitFor()
  await type(words)
  await page.getByRole('treeitem', { selected: true }).filter({ hasText: new RegExp(words.split(' ')[0], 'i') }).waitFor()
  await press('Enter')
  await search().waitFor({ state: 'detached' })
}

export const upsert = { id: 'buyer', type: 'contact.upsert', v: 1, name: 'Create contact', params: { email: '{{ trigger.body["Your e-mail?"] }}' } }
