// The editor of a workflow, as a person meets it: building by mouse and by
// keyboard, branches, publishing, a run on the cards, two editors at once, and
// losing neither session nor server loses work.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, openBrowser } from './browser.mjs'
import { blank, emptyBranch, everyShape, wide } from './documents.mjs'
import { startServer } from './server.mjs'

const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }
const WORKFLOWS = '/api/v1/workspaces/main/workflows'

let server
let origin
let browser
let page

before(async () => {
  server = await startServer()
  origin = new URL(server.setUpLink).origin
  browser = await openBrowser(origin, { viewport: { width: 1440, height: 900 } })
  page = browser.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const token = new URL(server.setUpLink).searchParams.get('token')
  const made = await page.request.post(`${origin}/api/v1/setup`, { data: { ...owner, token } })
  assert(made.ok(), await made.text())
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

/** A part of the journey; each begins with a workflow of its own. */
function part(name, run) {
  test(name, { timeout: 120_000 }, async () => {
    const heard = server.log().length
    try {
      await run()
      assert.deepEqual(browser.faults, [])
    } catch (error) {
      console.error(`at ${page.url()}, the server said:\n${server.log().slice(heard).slice(-4000)}`)
      throw error
    }
  })
}

async function api(method, path, data, headers = {}) {
  const answer = await page.request.fetch(`${origin}${WORKFLOWS}${path}`, { method, data, headers })
  const text = await answer.text()
  assert(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const stored = (id) => api('GET', `/${id}`)
const address = (id) => `${origin}/w/main/workflows/${id}`
const saved = (on = page) => on.locator('[data-state=saved]').waitFor()
const card = (id, on = page) => on.locator(`[data-card="${id}"]`)
const plus = (key) => page.locator(`[data-plus="+${key}"]`)
const button = (name, on = page) => on.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const region = () => page.getByRole('region', { name: 'Steps of the workflow' })

/** Makes a workflow and opens it. */
async function open({ name, definition }) {
  const { id } = await api('POST', '', { name, definition })
  await page.goto(address(id))
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await region().waitFor()
  return id
}

/** Gives a card another name by keyboard. */
async function rename(id, name, on = page) {
  await card(id, on).click()
  await on.keyboard.press('F2')
  await on.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await on.keyboard.press('Enter')
}

/** Brings the whole workflow into view: what lies outside is not drawn. */
async function fit() {
  await region().focus()
  await page.keyboard.press('0')
}

/** What is in the stored draft, once the page says that it is saved. */
async function stepIds(id) {
  await saved()
  const { definition } = await stored(id)
  return definition.steps.map((s) => s.id)
}

part('a workflow grows by clicks, and stores itself', async () => {
  const id = await open(blank('First steps'))
  await assertAccessible(page)
  await button('Choose what starts it').click()
  await page.getByRole('option', { name: /Incoming webhook/ }).waitFor()
  await assertAccessible(page)
  await page.getByRole('option', { name: /Incoming webhook/ }).click()
  await saved()
  await page.getByText(/\/hooks\//).first().waitFor()
  await page.keyboard.press('Escape')
  await button('Add the first step').click()
  await page.getByRole('combobox').fill('contact upd')
  await page.keyboard.press('Enter')
  await page.getByRole('complementary').getByRole('heading', { name: 'Create or update contact' }).waitFor()
  await plus('/@1').click()
  await page.getByRole('option', { name: /^Add tag/ }).click()
  await page.getByRole('complementary').getByRole('heading', { name: 'Add tag' }).waitFor()
  assert.deepEqual(await stepIds(id), ['contact', 'add_tag'])
  await page.getByText("Tags can't be empty").first().waitFor()
  await assertAccessible(page)
})

part('branches, joins, loops and error paths are drawn, and one click ends a path', async () => {
  const id = await open(everyShape)
  await fit()
  for (const words of ['For each item', 'Nothing happens, continues below', 'If this step fails', 'The other paths continue here', 'Next item']) {
    await region().getByText(words).first().waitFor()
  }
  await button('Nothing happens, continues below').click()
  await saved()
  const middle = async () => (await stored(id)).definition.steps[1].branches[1].steps.map((s) => s.type)
  assert.deepEqual(await middle(), ['flow.stop'])
  await page.locator('button[data-ends]').nth(0).click()
  await saved()
  assert.deepEqual(await middle(), [])
  await button('Add a path').click()
  await page.getByRole('complementary').getByRole('heading', { name: 'Path 3' }).waitFor()
  await saved()
  assert.deepEqual((await stored(id)).definition.steps[1].branches.map((b) => b.name), ['VIP', 'Middle', 'Path 3', 'Everyone else'])
  await assertAccessible(page)
  await button('Fold “VIP” to one line').click()
  await page.getByRole('button', { name: /^VIP 3 steps/ }).click()
  await card('tell').waitFor()
})

part('more than four branches fold, and finding a step opens them', async () => {
  await open(wide(7))
  await fit()
  await page.getByRole('button', { name: /^Way 6 1 step/ }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Way \d 1 step/ }).count(), 3)
  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: /Find a step/ }).fill('hidden-tag')
  await page.getByText('1 step found').waitFor()
  await page.keyboard.press('Enter')
  await card('in_6').waitFor()
  await assertAccessible(page)
})

part('everything can be done with the keyboard', async () => {
  const id = await open(everyShape)
  await card('buyer').focus()
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.dataset.card === 'tier')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('a')
  await page.getByRole('combobox').fill('wait')
  await page.keyboard.press('Enter')
  // A new step begins at what there is to fill in; Escape leads back to its card.
  await page.waitForFunction(() => document.activeElement?.matches('aside input'))
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.dataset.card === 'wait')
  assert.deepEqual(await stepIds(id), ['buyer', 'wait', 'tier', 'items'])
  await page.keyboard.press('Control+z')
  assert.deepEqual(await stepIds(id), ['buyer', 'tier', 'items'])
  await page.keyboard.press('Control+Shift+z')
  await card('wait').focus()
  await page.keyboard.press('d')
  await saved()
  assert.equal((await stored(id)).definition.steps[1].disabled, true)
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Sleep on it')
  await page.keyboard.press('Enter')
  await saved()
  assert.equal((await stored(id)).definition.steps[1].name, 'Sleep on it')
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.dataset.card === 'wait')
  await page.keyboard.press('Alt+ArrowUp')
  assert.deepEqual(await stepIds(id), ['wait', 'buyer', 'tier', 'items'])
  await page.keyboard.press('Delete')
  assert.deepEqual(await stepIds(id), ['buyer', 'tier', 'items'])
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('duplicate the work')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.href.includes(id))
})

part('deleting or moving what others map from lists those fields first', async () => {
  const id = await open(everyShape)
  await card('buyer').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Delete')
  await dialog().getByText('“Tell sales”').waitFor()
  await assertAccessible(page)
  await button('Cancel', dialog()).click()
  assert.deepEqual(await stepIds(id), ['buyer', 'tier', 'items'])
  await card('buyer').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await dialog().getByText('These fields would stay empty').waitFor()
  await button('Move anyway', dialog()).click()
  assert.deepEqual(await stepIds(id), ['tier', 'buyer', 'items'])
})

part('steps are copied between workflows, with mappings that follow', async () => {
  await open(everyShape)
  await region().focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.getByText(/^Copied/).first().waitFor()
  const id = await open(blank('Target'))
  await region().focus()
  await page.keyboard.press('Control+v')
  await page.keyboard.press('Control+v')
  assert.deepEqual(await stepIds(id), ['buyer', 'tier', 'items', 'buyer_2', 'tier_2', 'items_2'])
  const second = (await stored(id)).definition.steps[4].branches[0].steps[1]
  assert.equal(second.params.body.email, '{{ steps.buyer_2.contact.email }}')
})

part('a card is dragged to another line', async () => {
  const id = await open(emptyBranch)
  const from = await card('one').boundingBox()
  const to = await plus('fork/no@0').boundingBox()
  await page.mouse.move(from.x + 90, from.y + 40)
  await page.mouse.down()
  await page.mouse.move(from.x + 130, from.y + 90, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2 - 45, to.y + to.height / 2, { steps: 8 })
  await page.locator('[data-plus][data-target]').waitFor()
  await page.mouse.up()
  assert.deepEqual(await stepIds(id), ['fork'])
  assert.deepEqual((await stored(id)).definition.steps[0].branches[1].steps.map((s) => s.id), ['one'])
})

part('publishing shows what to fix, then what changes, and a run lights its way', async () => {
  const id = await open({ ...emptyBranch, name: 'Publish me' })
  await plus('/@0').click()
  await page.getByRole('option', { name: /^Grant offer/ }).click()
  await button('Publish').click()
  await dialog().getByText('to fix first').waitFor()
  await assertAccessible(page)
  await dialog().getByRole('button', { name: 'In “Grant offer”' }).first().click()
  await page.getByRole('complementary').getByRole('heading', { name: 'Grant offer' }).waitFor()
  await page.keyboard.press('Escape')
  await card('grant').focus()
  await page.keyboard.press('Delete')
  await button('Publish').click()
  await dialog().getByText('Everything is ready.').waitFor()
  await button('Publish', dialog()).click()
  await page.getByText('Live: v1', { exact: true }).waitFor()
  const { triggers } = await stored(id)
  const answer = await fetch(triggers[0].url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"email":"grace@example.com"}' })
  const { run_ids: runs } = await answer.json()
  await page.goto(`${address(id)}?run=${runs[0]}`)
  await page.getByRole('status').getByText('Done').waitFor()
  await page.locator('[data-run=succeeded] [data-card=one]').click()
  await page.getByRole('region', { name: 'What came out' }).getByText('grace@example.com').first().waitFor()
  await assertAccessible(page)
  await page.getByRole('link', { name: 'Leave this run' }).click()
  await card('one').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await page.getByText('Live: v1, your draft has 1 change').waitFor()
  await button('Publish').click()
  await dialog().getByText('whether it is skipped').waitFor()
  await button('Go on editing', dialog()).click()
  await button('More for this workflow').click()
  await page.getByRole('menuitem', { name: 'Discard the draft' }).click()
  await button('Discard the draft', dialog()).click()
  await page.getByText('Live: v1', { exact: true }).waitFor()
  await button('More for this workflow').click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: /^v1/ }).click()
  await page.getByText('The first version.').waitFor()
  await assertAccessible(page)
})

part('two editors at once get a clear choice', async () => {
  const id = await open({ ...emptyBranch, name: 'Shared' })
  const other = await page.context().newPage()
  await other.goto(address(id))
  await card('one', other).waitFor()
  await rename('one', 'Theirs', other)
  await saved(other)
  await page.getByRole('button', { name: /^Theirs/ }).first().waitFor() // noticed, without being asked
  const { revision, definition } = await stored(id)
  // Both change at once: the first to store wins, the other is asked.
  let letGo
  const theirs = new Promise((resolve) => (letGo = resolve))
  await page.route(`**${WORKFLOWS}/${id}`, async (route) => {
    if (route.request().method() === 'PUT') await theirs
    await route.continue()
  })
  const mine = page.waitForRequest((request) => request.method() === 'PUT' && request.url().endsWith(id))
  await rename('one', 'Mine')
  await mine
  const [first, ...rest] = definition.steps
  await api('PUT', `/${id}`, { name: 'Shared', definition: { ...definition, steps: [{ ...first, name: 'From the API' }, ...rest] } }, { 'If-Match': `"${revision}"` })
  letGo()
  await dialog().getByRole('heading', { name: 'Both changed: choose' }).waitFor()
  await button('See the differences', dialog()).click()
  await dialog().getByText('name changed').waitFor()
  await assertAccessible(page)
  await button('Keep mine', dialog()).click()
  await saved()
  assert.equal((await stored(id)).definition.steps[0].name, 'Mine')
  await page.unroute(`**${WORKFLOWS}/${id}`)
  await other.close()
})

part('a session that ends costs nothing', async () => {
  const id = await open({ ...emptyBranch, name: 'Session' })
  await page.context().clearCookies()
  await rename('one', 'Typed after the session ended')
  await dialog().getByLabel('Password', { exact: true }).waitFor()
  await assertAccessible(page)
  await dialog().getByLabel('Password', { exact: true }).fill(owner.password)
  await page.keyboard.press('Enter')
  await dialog().waitFor({ state: 'detached' })
  await saved()
  assert.equal((await stored(id)).definition.steps[0].name, 'Typed after the session ended')
})

part('a server that goes away and comes back costs nothing, nor does a reload meanwhile', async () => {
  const id = await open({ ...emptyBranch, name: 'Restart' })
  await server.pause()
  await rename('one', 'Typed without a server')
  await page.getByText('Could not save').waitFor()
  await server.go()
  await saved()
  assert.equal((await stored(id)).definition.steps[0].name, 'Typed without a server')
  await page.route(`**${WORKFLOWS}/${id}`, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
  await rename('one', 'Typed before a reload')
  await page.getByText('Could not save').waitFor()
  await page.unroute(`**${WORKFLOWS}/${id}`)
  await page.reload()
  await saved()
  await page.getByRole('button', { name: /^Typed before a reload/ }).first().waitFor()
  await page.waitForFunction(() => localStorage.length === 0 || !Object.keys(localStorage).some((k) => k.startsWith('hookloom.draft')))
  assert.equal((await stored(id)).definition.steps[0].name, 'Typed before a reload')
})

part('on a narrow screen it is a list in which everything can be done', async () => {
  const id = await open({ ...everyShape, name: 'Phone' })
  await page.setViewportSize({ width: 1000, height: 760 })
  await card('buyer').click()
  await page.getByRole('complementary').waitFor()
  await assertAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await button('Close the panel').click()
  await assertAccessible(page)
  await button('Add a step here').first().click()
  await page.getByRole('option', { name: /^Wait/ }).first().click()
  await button('Close the panel').click()
  assert.deepEqual(await stepIds(id), ['wait', 'buyer', 'tier', 'items'])
  await button('Publish').click()
  await dialog().waitFor()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
})
