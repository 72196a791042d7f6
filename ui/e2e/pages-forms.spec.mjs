// Building a form, filling it in as a stranger, and what came of it.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

/** The line of a question, which opens it: its name goes on with what kind it is. */
const question = (page, label) => page.getByRole('button', { name: new RegExp(`^${label} ?(Text|E-mail|Phone|Choice|Consent)`) })

async function save({ page, button }) {
  await button('Save').click()
  await page.getByText('Not saved yet', { exact: true }).waitFor({ state: 'detached' })
}

/** Opens the one form there is. */
async function openForm({ api, open, heading }, tab = '') {
  const form = (await api('GET', '/forms')).items[0]
  await open(`/forms/${form.id}${tab && `?tab=${tab}`}`)
  await heading(form.title).waitFor()
  return form
}

part('the first form begins with a name and an e-mail address', async ({ open, button, dialog, page, heading }) => {
  await open('/forms')
  await page.getByRole('heading', { name: 'No forms yet' }).waitFor()
  await assertAccessible(page)
  await button('New form').click()
  const form = dialog('New form')
  await button('Create', form).click()
  await form.getByText('Give it a title.').waitFor()
  await assertAccessible(page)
  await form.getByLabel('Title').fill('Join the webinar')
  await button('Create', form).click()
  await heading('Join the webinar').waitFor()
  await question(page, 'Your name').waitFor()
  await question(page, 'Your e-mail').waitFor()
  await assertAccessible(page)
})

part('questions of every kind are added, put in order and shown at once', async (w) => {
  const { page, button, api } = w
  await openForm(w)
  const add = page.getByRole('group', { name: 'Add a question' })
  for (const kind of ['Text', 'Phone', 'Choice', 'Consent']) await button(kind, add).click()
  await question(page, 'Your choice').click()
  await page.getByLabel('Label', { exact: true }).fill('Plan')
  await page.getByLabel('Options').fill('Gold\nSilver\n')
  await page.getByRole('switch', { name: 'Must be answered' }).click()
  await button('Move up: Plan').press('Enter')
  // The keyboard stays with a question that moves, both ways.
  for (const way of ['down', 'up']) {
    await button(`Move ${way}: Plan`).press('Enter')
    await page.waitForFunction((label) => document.activeElement?.getAttribute('aria-label') === label, `Move ${way}: Plan`)
  }
  const preview = page.getByRole('region', { name: 'Preview' })
  assert.match(await preview.innerText(), /Your answer\s+Plan \(required\)[\s\S]*Your phone number/)
  await assertAccessible(page)
  await button('Delete: Your answer').click()
  await page.getByRole('radiogroup', { name: 'After it is sent' }).getByText('Show a text').click()
  await page.getByLabel('Thank-you text').fill('See you on Friday.')
  await page.getByRole('combobox', { name: 'Tags for who sends it in' }).fill('webinar')
  await page.keyboard.press('Enter')
  await save(w)
  const { fields, tags, thank_you: thanks } = (await api('GET', '/forms')).items[0]
  assert.deepEqual(fields.map((f) => [f.kind, f.label]), [
    ['text', 'Your name'],
    ['email', 'Your e-mail'],
    ['choice', 'Plan'],
    ['phone', 'Your phone number'],
    ['consent', 'Yes, send me e-mails. I can unsubscribe at any time.'],
  ])
  assert.deepEqual([fields[2].options, fields[2].required, tags, thanks], [['Gold', 'Silver'], true, ['webinar'], 'See you on Friday.'])
})

part('what is wrong stands at its question, and nothing typed is lost', async (w) => {
  const { page, button } = w
  await openForm(w)
  await question(page, 'Plan').click()
  await page.getByLabel('Options').fill('Gold')
  await question(page, 'Plan').click()
  await page.getByRole('radiogroup', { name: 'After it is sent' }).getByText('Go to a page').click()
  await page.getByLabel('Address of the page').fill('javascript:alert(1)')
  await button('Save').click()
  await page.getByText('A choice needs 2 to 200 options that differ.').waitFor()
  await page.getByText(/is no address of a web page/).waitFor()
  assert.equal(await page.getByLabel('Options').inputValue(), 'Gold')
  await assertAccessible(page)
  // A problem goes along with its question, and away when that is changed.
  await button('Move up: Plan').click()
  await page.getByText('A choice needs 2 to 200 options that differ.').waitFor()
  await button('Move down: Plan').click()
  await page.getByLabel('Options').fill('Gold\nSilver')
  await page.getByText('A choice needs 2 to 200 options that differ.').waitFor({ state: 'detached' })
  await page.getByRole('radiogroup', { name: 'After it is sent' }).getByText('Show a text').click()
  await save(w)
})

part('a form that asks nobody’s address is refused in words', async (w) => {
  const { page, button } = w
  await openForm(w)
  await button('Delete: Your e-mail').click()
  await button('Save').click()
  await page.getByText(/needs a required field for the e-mail address or the phone number/).waitFor()
  await button('E-mail', page.getByRole('group', { name: 'Add a question' })).click()
  await save(w)
})

part('a stranger fills the page in, and the submission appears with its contact', async (w) => {
  const { page, button } = w
  const form = await openForm(w, 'share')
  await button('Copy the link of the form').click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  assert.equal(link, form.url)
  await button('Copy the embed code').click()
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^<iframe src="[^"]+\?embed=1"/)
  await page.getByRole('tab', { name: 'Share' }).click()
  await page.getByRole('tooltip').waitFor({ state: 'detached' })
  await assertAccessible(page)
  const stranger = await page.context().browser().newContext()
  const tab = await stranger.newPage()
  await tab.goto(link)
  await tab.getByLabel('Your name').fill('Grace Hopper')
  await tab.getByLabel('Your e-mail').fill('grace@example.com')
  await tab.getByLabel('Plan').selectOption('Gold')
  await tab.waitForTimeout(2_500) // who is quicker is taken for a program
  await tab.getByRole('button', { name: 'Send' }).click()
  await tab.getByText('See you on Friday.').waitFor()
  await stranger.close()
  await page.getByRole('tab', { name: 'Submissions' }).click()
  await page.getByRole('link', { name: 'Grace Hopper' }).waitFor()
  await page.getByRole('button', { name: 'No. 1' }).press('Enter')
  await page.getByText('Gold', { exact: true }).waitFor()
  await assertAccessible(page)
  await page.getByRole('radiogroup', { name: 'Which submissions' }).getByText('Spam').click()
  await page.getByRole('heading', { name: 'No spam so far' }).waitFor()
})

part('a workflow begins at the form', async (w) => {
  const { page, button, api } = w
  const form = await openForm(w)
  await button('Start a workflow when it is submitted').click()
  await page.waitForURL(/\/workflows\//)
  await page.getByText('When “Join the webinar” is submitted').first().waitFor()
  const made = (await api('GET', '/workflows')).items.find((one) => one.name.includes('Join the webinar'))
  const { definition } = await api('GET', `/workflows/${made.id}`)
  assert.deepEqual(definition.triggers.map((t) => [t.type, t.params.forms]), [['form.submitted', [form.id]]])
})

part('a form that is closed says so to strangers', async (w) => {
  const { page } = w
  const form = await openForm(w)
  await page.getByRole('switch', { name: 'The form takes submissions' }).click()
  await save(w)
  await page.getByText('Closed', { exact: true }).waitFor()
  const html = await (await fetch(form.url)).text()
  assert(!html.includes('<form'), 'the page of a closed form still asks')
  await page.getByRole('tab', { name: 'Share' }).click()
  await page.getByText('The form is closed: its page says so.').waitFor()
})

part('the builder is whole on a phone', async (w) => {
  const { page } = w
  await page.setViewportSize({ width: 390, height: 844 })
  await openForm(w)
  await question(page, 'Plan').waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
  await assertAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
})

part('a form is deleted with a warning', async (w) => {
  const { page, button, dialog } = w
  await openForm(w)
  await button('Delete').click()
  await button('Delete this form', dialog('Delete “Join the webinar”?')).click()
  await page.getByRole('heading', { name: 'No forms yet' }).waitFor()
})
