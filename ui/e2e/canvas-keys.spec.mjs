// What has the keyboard, and what a key does, while a workflow is built: nothing
// that is typed is lost or lands somewhere else.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { blank } from './documents.mjs'
import { begin, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

const hook = { id: 'sale', type: 'webhook.catch', v: 1, name: 'Sale', params: {} }
const buyer = { id: 'buyer', type: 'contact.upsert', v: 1, params: { email: '{{ trigger.body.email }}' } }
const call = { id: 'call', type: 'webhook.send', v: 1, params: { url: 'https://example.com/a' } }

/** Makes a workflow of these steps and opens it. */
async function edit(name, steps) {
  const { api, open, page } = world
  const { definition } = blank(name)
  const { id } = await api('POST', '/workflows', { name, definition: { ...definition, triggers: [hook], steps } })
  await open(`/workflows/${id}`)
  await page.locator('[data-card=sale]').waitFor()
  return id
}

const panel = () => world.page.getByRole('complementary')
const card = (id) => world.page.locator(`[data-card="${id}"]`)
const press = async (...keys) => {
  for (const key of keys) await world.page.keyboard.press(key)
}
const type = (words) => world.page.keyboard.type(words)
/** Waits until the keyboard is in an element that matches. */
const keysIn = (selector) => world.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector)
const atLabel = (label) => keysIn(`[aria-label="${label}"]`)
const saved = () => world.page.locator('[data-state=saved]').waitFor()
const paramsOf = async (id, step) => {
  await saved()
  const { definition } = await world.api('GET', `/workflows/${id}`)
  return definition.steps.find((s) => s.id === step).params
}

part('a new step begins at its first empty field, and a step without one at its card', async ({ page }) => {
  const id = await edit('New steps', [buyer])
  await card('buyer').focus()
  await press('a')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type('send data')
  await page.getByRole('option', { name: /^Send data/ }).waitFor()
  await press('Enter')
  await keysIn('aside [role=textbox]')
  await type('https://example.com/')
  assert.equal((await paramsOf(id, 'send')).url, 'https://example.com/')
  await panel().getByRole('button', { name: 'Continue' }).click()
  await atLabel('Add a field: URL values')
  // The keyboard may go through the tabs; nothing pulls it back.
  await panel().getByRole('tab', { name: 'Fields' }).focus()
  await press('ArrowLeft', 'ArrowRight')
  await keysIn('[role=tab]')
  await card('send').focus()
  await press('a')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type('if / else')
  await page.getByRole('option', { name: /^If \/ else/ }).waitFor()
  await press('Enter')
  await keysIn('[data-card=branch]')
})

part('names and values go on with Enter and Tab, and an empty row lets Tab pass', async () => {
  const id = await edit('Rows', [call])
  await card('call').focus()
  await press('Enter')
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await panel().getByRole('button', { name: 'Add a field: Headers' }).focus()
  await press('Enter')
  await type('X-One')
  await press('Enter')
  await atLabel('Headers: Value of X-One')
  await type('1')
  await press('Enter')
  await atLabel('Headers: Name 2')
  await type('X-Two')
  await press('Tab')
  await type('2')
  await press('Tab')
  await atLabel('Headers: Name 3')
  await press('Tab', 'Tab')
  await keysIn('aside *:not([role=textbox]):not([data-row-name])')
  assert.equal(await panel().getByRole('textbox', { name: /^Headers: Name/ }).count(), 3)
  assert.deepEqual((await paramsOf(id, 'call')).headers, { 'X-One': '1', 'X-Two': '2' })
})

part('what is typed right after F2 is the name', async ({ page }) => {
  const id = await edit('Names', [buyer, call])
  const nameOf = async (step) => {
    await saved()
    return (await world.api('GET', `/workflows/${id}`)).definition.steps.find((s) => s.id === step)?.name
  }
  await card('call').focus()
  await press('F2')
  await type('Tell the shop')
  await press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Tell the shop' }).waitFor()
  assert.equal(await nameOf('call'), 'Tell the shop')
  // A step that was just added, whose card and form are still being drawn.
  await card('call').focus()
  await press('a')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await type('send data')
  await page.getByRole('option', { name: /^Send data/ }).waitFor()
  await press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' }) // until then the keys are the list's
  await press('F2')
  await type('Tell the bank')
  await press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Tell the bank' }).waitFor()
  assert.equal(await nameOf('send'), 'Tell the bank')
})

part('Ctrl+Enter runs the test of the step, from its card and from its fields', async () => {
  await edit('Tests', [call])
  await card('call').focus()
  await press('Control+Enter')
  await panel().getByText('What would be sent').waitFor()
  await panel().getByText(/^POST \/a HTTP/).waitFor()
  await panel().getByRole('tab', { name: 'Set up' }).click()
  await panel().getByRole('textbox', { name: 'Address' }).click()
  await press('End')
  await type('bc')
  await press('Control+Enter')
  await panel().getByText(/^POST \/abc HTTP/).waitFor()
})

part('on a tablet a message lies beside the small map and the chosen card', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  try {
    await edit('Messages', [buyer, call])
    await card('call').focus()
    await press('Enter')
    await panel().getByRole('tab', { name: 'Set up' }).waitFor()
    await card('call').focus()
    await press('Control+c')
    const message = page.locator('[class*=_toast_]')
    await message.waitFor()
    const overlaps = (other) => message.evaluate((a, b) => {
      const [p, q] = [a, b].map((element) => element.getBoundingClientRect())
      return p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom
    }, other)
    for (const what of [card('call'), page.locator('[class*=_map_]')]) assert.equal(await overlaps(await what.elementHandle()), false)
    // The name of a workflow gives way to what is to be pressed.
    await page.setViewportSize({ width: 820, height: 768 })
    await edit('A name that is longer than the bar of a tablet is wide, so that it gives way', [buyer])
    const more = await page.getByRole('button', { name: 'More for this workflow' }).boundingBox()
    assert(more.x + more.width <= 820, 'the menu is outside of the window')
  } finally {
    await page.setViewportSize({ width: 1280, height: 900 })
  }
})
