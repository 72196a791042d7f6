// People: an invitation is handed over and accepted, each role finds only what it
// may do, and what was done stands in the audit log.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { begin, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

/** Opens the link of an invitation in a browser of its own, and accepts as somebody new. */
async function accept(link, name) {
  const context = await world.page.context().browser().newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const { pathname, hash } = new URL(link)
  await page.goto(world.origin + pathname + hash)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill('a few words in a row')
  assert.equal(new URL(page.url()).hash, '', 'the token stays in the address bar')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return { page, context }
}

part('a client viewer is invited, joins, and sees workflows without values', async ({ page, api, open }) => {
  const made = await api('POST', '/workflows', {
    name: 'Seen',
    definition: {
      schema: 1,
      triggers: [{ id: 'sale', type: 'webhook.catch', v: 1, params: {} }],
      steps: [{ id: 'buyer', type: 'contact.upsert', v: 1, params: { email: '{{ trigger.body.email }}' } }],
    },
  })
  await api('POST', `/workflows/${made.id}/publish`)
  const url = new URL(made.triggers[0].url)
  await fetch(world.origin + url.pathname, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"email":"secret-person@example.com"}' })
  await open('/members')
  await page.getByRole('button', { name: 'Invite somebody' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill('client@example.com')
  await dialog.getByRole('radio', { name: 'Client viewer' }).check()
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  const link = await page.getByTestId('invitation-link').textContent()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('list', { name: 'Invited, not yet here' }).getByText('client@example.com').waitFor()
  const client = await accept(link, 'Clara Client')
  const nav = client.page.getByRole('navigation', { name: 'Main' })
  assert.equal(await nav.getByRole('link', { name: 'Contacts' }).count(), 0)
  assert.equal(await nav.getByRole('link', { name: 'Settings' }).count(), 0)
  await nav.getByRole('link', { name: 'Workflows' }).click()
  await client.page.getByRole('link', { name: 'Seen' }).waitFor()
  assert.ok(await client.page.getByRole('button', { name: 'New workflow' }).isDisabled())
  await nav.getByRole('link', { name: 'Runs' }).click()
  await client.page.getByRole('link', { name: /Seen/ }).first().click()
  await client.page.getByText('so the values are hidden').waitFor()
  assert.ok(await client.page.getByRole('button', { name: 'Run again' }).isDisabled())
  assert.ok(!(await client.page.content()).includes('secret-person'))
  world.client = client
})

part('a role is changed and taken away, which counts at once', async ({ page, open }) => {
  const { page: theirs, context } = world.client
  await open('/members')
  await page.getByRole('button', { name: 'Change the role of Clara Client' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Builder' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await theirs.reload()
  await theirs.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Contacts' }).waitFor()
  await page.getByRole('button', { name: 'Remove Clara Client' }).click()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Remove Clara Client' }).waitFor({ state: 'detached' })
  await theirs.reload()
  await theirs.getByText('There is nothing at this address').waitFor()
  await context.close()
})

part('the audit log says who did what, and that it is whole', async ({ page, open }) => {
  await open('/audit')
  await page.getByText('The log is whole').waitFor()
  const list = page.getByRole('list', { name: 'What was done' })
  await list.getByText('Removed a member').waitFor()
  await list.getByText('Joined').waitFor()
  await page.getByLabel('Who').fill('client@')
  await list.getByText('Removed a member').waitFor({ state: 'detached' })
  await list.getByText('Joined').waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  assert.match(file.suggestedFilename(), /^audit-.*\.csv$/)
})
