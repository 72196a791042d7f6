// The first minutes with a new server, as a person meets them: the set-up link,
// home, a template, a first event, and its run.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, openBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }

let server
let origin
let browser
let page

before(async () => {
  server = await startServer()
  origin = new URL(server.setUpLink).origin
  browser = await openBrowser(origin)
  page = browser.page
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

let broken = ''

/** A part of the journey. A failure shows what the server said meanwhile, and the parts after it do not begin. */
function part(name, run) {
  test(name, { timeout: 90_000 }, async () => {
    assert.equal(broken, '', 'an earlier part of the journey failed')
    const heard = server.log().length
    try {
      await run()
      assert.deepEqual(browser.faults, [])
    } catch (error) {
      broken = name
      console.error(`at ${page.url()}, the server said:\n${server.log().slice(heard)}`)
      throw error
    }
  })
}

const heading = (name) => page.getByRole('heading', { level: 1, name })
const button = (name) => page.getByRole('button', { name, exact: true })

async function postEvent(body) {
  const answer = await fetch(hook, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

part('without a session every page leads to signing in', async () => {
  await page.goto(`${origin}/w/main/runs`)
  await heading('Sign in').waitFor()
  await assertAccessible(page)
  await page.getByLabel('E-mail').fill('nobody@example.com')
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await button('Sign in').click()
  await page.getByText('E-mail and password do not match.').waitFor()
})

part('the set-up link creates the first owner, once', async () => {
  await page.goto(server.setUpLink)
  await heading('Create the first owner').waitFor()
  assert(!page.url().includes('token'), 'the token stays in the address bar')
  await assertAccessible(page)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  const password = page.getByRole('textbox', { name: 'Password' })
  await page.getByLabel('E-mail').fill('ada at example')
  await password.fill('short')
  await button('Create the account').click()
  await page.locator('[aria-invalid=true][name=password]').waitFor()
  await page.getByText('This is not an e-mail address').waitFor()
  assert.equal(await page.getByLabel('Your name').inputValue(), owner.name)
  await page.getByLabel('E-mail').fill(owner.email)
  for (const [label, zone] of [['Your time zone', 'Asia/Tokyo'], ['Time zone of the workspace', 'Europe/Kyiv']]) {
    await page.getByRole('combobox', { name: label }).fill(zone)
    await page.getByRole('option', { name: zone }).click()
  }
  const currency = page.getByRole('combobox', { name: 'Currency of the workspace' })
  assert.equal(await currency.inputValue(), 'USD – US Dollar', 'the region of the browser says otherwise')
  await currency.fill('euro')
  await page.getByRole('option', { name: /^EUR/ }).click()
  await assertAccessible(page)
  await password.fill(owner.password)
  await button('Create the account').click()
  await heading('Hello, Ada').waitFor()
  const again = await page.request.post(`${origin}/api/v1/setup`, {
    data: { ...owner, token: new URL(server.setUpLink).searchParams.get('token') },
  })
  assert(!again.ok(), 'the link works twice')
  const me = await (await page.request.get(`${origin}/api/v1/me`)).json()
  const main = await (await page.request.get(`${origin}/api/v1/workspaces/main`)).json()
  assert.deepEqual([me.user.timezone, main.timezone, main.currency], ['Asia/Tokyo', 'Europe/Kyiv', 'EUR'])
})

let hook

part('a template makes a workflow', async () => {
  await assertAccessible(page)
  await page.getByRole('button', { name: /^A form on your site becomes a contact/ }).click()
  const dialog = page.getByRole('dialog', { name: 'A form on your site becomes a contact' })
  await dialog.waitFor()
  for (const input of await dialog.locator('input[type=text]:visible').all()) {
    if ((await input.inputValue()) === '') await input.fill('website')
  }
  await dialog.getByRole('button', { name: 'Make this workflow' }).click()
  await page.waitForURL(/\/workflows\/wf_/)
  await page.getByText('Draft').first().waitFor()
})

part('an event runs it once it is live, and the run appears by itself', async () => {
  const at = `${origin}/api/v1/workspaces/main/workflows/${page.url().split('/').at(-1)}`
  const published = await page.request.post(`${at}/publish`, { data: {} })
  assert(published.ok(), await published.text())
  hook = (await (await page.request.get(at)).json()).triggers[0].url
  await page.goto(`${origin}/w/main/runs`)
  await page.getByRole('heading', { name: 'No runs yet' }).waitFor()
  const { status, body } = await postEvent({ email: 'grace@example.com', first_name: 'Grace', id: 1 })
  assert.equal(status, 202)
  assert.equal(body.verdict, 'accepted')
  assert.equal(body.run_ids.length, 1)
  await page.getByRole('list', { name: 'Runs' }).getByText('Done', { exact: true }).waitFor()
  await assertAccessible(page)
  await page.getByRole('list', { name: 'Runs' }).getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: /^Run of / }).waitFor()
  await page.locator('summary', { hasText: 'contact' }).first().click()
  await page.getByRole('region', { name: 'What went in' }).getByText('grace@example.com').waitFor()
  await assertAccessible(page)
})

part('hostile text stays text', async () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const { body } = await postEvent({ email: 'eve@example.com', first_name: evil, name: evil, id: 3 })
  await page.goto(`${origin}/w/main/runs/${body.run_ids[0]}`)
  await page.getByText('What started it').click()
  await page.getByRole('region', { name: 'What started it' }).getByText('onerror=alert(1)').first().waitFor()
  assert.equal(await page.locator('main img, main script').count(), 0)
})

part('signing out ends the session, and signing in leads back', async () => {
  await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await heading('Sign in').waitFor()
  await page.goto(`${origin}/w/main/runs`)
  await heading('Sign in').waitFor()
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password)
  await page.keyboard.press('Enter')
  await heading('Runs').waitFor()
  assert.equal(new URL(page.url()).pathname, '/w/main/runs')
})
