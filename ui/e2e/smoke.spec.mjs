// The first minutes with a new server, as a person meets them: the set-up link,
// an empty list, an example, publishing, a first event, and its run.
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
  const url = await page.locator('text=/\\/hooks\\//').first().innerText()
  const answer = await fetch(url.trim(), {
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
  await password.fill('short')
  await button('Create the account').click()
  await page.locator('[aria-invalid=true][name=password]').waitFor()
  await password.fill(owner.password)
  await button('Create the account').click()
  await heading('Workflows').waitFor()
  const again = await page.request.post(`${origin}/api/v1/setup`, {
    data: { ...owner, token: new URL(server.setUpLink).searchParams.get('token') },
  })
  assert(!again.ok(), 'the link works twice')
})

part('an empty list teaches, and an example is one click away', async () => {
  await page.getByRole('heading', { name: 'Nothing happens by itself yet' }).waitFor()
  await assertAccessible(page)
  await button('Make an example').click()
  await heading('Example: welcome a new lead').waitFor()
  await page.getByText('Draft', { exact: true }).first().waitFor()
  await page.getByText('Create the contact').waitFor()
  await assertAccessible(page)
})

part('publishing makes it live', async () => {
  await button('Publish').click()
  await page.getByText('Live: v1').first().waitFor()
  assert.equal(await button('Publish').count(), 0)
})

part('an event runs it, and the run appears by itself', async () => {
  await page.getByText('No runs yet').waitFor()
  const { status, body } = await postEvent({ email: 'grace@example.com', first_name: 'Grace', id: 1 })
  assert.equal(status, 202)
  assert.equal(body.verdict, 'accepted')
  assert.equal(body.run_ids.length, 1)
  await page.getByText('Done', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'All runs of this workflow' }).click()
  await heading('Runs').waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Example: welcome a new lead' }).click()
  await heading('Run of Example: welcome a new lead').waitFor()
})

part('a run shows what went in beside what came out', async () => {
  await page.getByText('Create the contact').click()
  await page.getByRole('region', { name: 'What went in' }).getByText('grace@example.com').waitFor()
  await page.getByRole('region', { name: 'What came out' }).getByText('"created": true').waitFor()
  await assertAccessible(page)
})

part('while paused, events are kept and run on resuming', async () => {
  await page.getByRole('definition').getByRole('link', { name: 'Example: welcome a new lead' }).click()
  await button('Pause').click()
  await page.getByText('Paused', { exact: true }).first().waitFor()
  const { body } = await postEvent({ email: 'linus@example.com', first_name: 'Linus', id: 2 })
  assert.equal(body.verdict, 'held')
  await page.getByText('Paused: 1 event held').first().waitFor()
  await button('Resume').click()
  const dialog = page.getByRole('dialog', { name: 'What about the 1 event kept so far?' })
  await assertAccessible(page)
  await dialog.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('Live: v1').first().waitFor()
  await page.waitForFunction(() => document.body.innerText.match(/\bDone\b/g)?.length === 2)
})

part('hostile text stays text', async () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const { body } = await postEvent({ email: 'eve@example.com', first_name: evil, id: 3 })
  await page.goto(`${origin}/w/main/runs/${body.run_ids[0]}`)
  await page.getByText('Create the contact').click()
  await page.getByText('What started it').click()
  for (const name of ['What started it', 'What went in', 'What came out']) {
    await page.getByRole('region', { name }).getByText('onerror=alert(1)').waitFor()
  }
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
