// Formatted text: by its toolbar, with mouse and keyboard, and by shortcuts.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { buildForms, folderOf } from './forms.mjs'

let built
let world
let eventually
before(async () => {
  if (!process.env.BINARY) process.env.BINARY = built = buildForms()
  const pages = await import('./pages.mjs')
  ;({ eventually } = pages)
  world = await pages.begin()
})
after(async () => {
  await world?.end()
  if (built) rmSync(folderOf(built), { recursive: true, force: true })
})

test('text is formatted by buttons and keys, and the result is HTML', { timeout: 90_000 }, async () => {
  const { api, open, page, browser } = world
  const definition = { schema: 1, triggers: [{ id: 'start', type: 'webhook.catch', v: 1, params: {} }], steps: [{ id: 'demo', type: 'demo.fields', v: 1, params: {} }] }
  const { id } = await api('POST', '/workflows', { name: 'Formatted', definition })
  await open(`/workflows/${id}?step=demo`)
  const panel = page.getByRole('complementary')
  await panel.getByRole('tab', { name: 'Fields' }).click()
  const field = panel.getByRole('textbox', { name: 'Rich text' })
  const tool = (name) => panel.getByRole('button', { name: `${name}: Rich text`, exact: true })
  await field.click()
  await page.keyboard.type('Ada')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('see ')
  await tool('Link').click()
  await page.keyboard.type('https://example.com')
  await page.keyboard.press('End')
  // One stop for Tab before the text; the arrows go through it.
  await page.keyboard.press('Shift+Tab')
  await tool('Link').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('ArrowLeft')
  await tool('Italic').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await field.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('now')
  await assertAccessible(page)
  const wanted = '<b>Ada</b>\nsee <a href="https://example.com"></a><i>now</i>'
  await eventually(async () => (await api('GET', `/workflows/${id}`)).definition.steps[0].params.rich_text === wanted, 'formatted text')
  assert.deepEqual(browser.faults, [])
})
