// The settings of a workflow, from its menu to the stored document.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, eventually, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

const hook = { id: 'sale', type: 'webhook.catch', v: 1, name: 'Sale', params: {} }
const split = { id: 'ab', type: 'flow.split', v: 1, params: {}, branches: [{ id: 'a', name: 'Path A', steps: [] }, { id: 'b', name: 'Path B', steps: [] }] }

part('L15 the settings of a workflow are chosen in a dialog and stored', async ({ page, api, open }) => {
  const { id } = await api('POST', '/workflows', { name: 'Campaign', definition: { schema: 1, triggers: [hook], steps: [split] } })
  await open(`/workflows/${id}`)
  await page.getByText('Path B').first().waitFor()
  await page.getByRole('button', { name: 'More', exact: false }).last().click()
  await page.getByRole('menuitem', { name: 'Workflow settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Workflow settings' })
  await dialog.getByRole('radio', { name: 'Only once its last run has ended' }).check()
  await dialog.getByRole('switch', { name: 'Stop when the contact replies' }).check()
  await dialog.getByRole('switch', { name: 'Send only at certain hours' }).check()
  await dialog.getByLabel('From').fill('08:30')
  await assertAccessible(page)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/settings.png`, fullPage: true })
  await dialog.getByRole('button', { name: 'Done' }).click()
  const stored = await eventually(async () => {
    const { settings } = (await api('GET', `/workflows/${id}`)).definition
    return settings.window?.from === '08:30' && settings
  }, 'stored settings')
  assert.equal(stored.reentry, 'after')
  assert.equal(stored.stop_on_reply, true)
  assert.deepEqual(stored.window, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:30', to: '17:00' })
})
