// Who reaches what: open menus by axe-core's rules, and below 700 pixels every
// control of a form by a finger.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { everyShape } from './documents.mjs'
import { begin, eventually, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

const FINGER = 44 // pixels
const panel = () => world.page.getByRole('complementary')
const saved = () => world.page.locator('[data-state=saved]').waitFor()

async function edit(name) {
  const { api, open, page } = world
  const { id } = await api('POST', '/workflows', { ...everyShape, name })
  await open(`/workflows/${id}`)
  await page.locator('[data-card=buyer]').waitFor()
  return id
}

part('open menus and lists hold to the rules of axe-core', async ({ page, button }) => {
  await edit('Menus')
  const menu = page.getByRole('menu')
  for (const opener of [button('Runs'), button('More for this workflow'), page.locator('header [aria-haspopup=menu]').first()]) {
    await opener.click()
    await menu.locator('[role^=menuitem]').first().waitFor()
    await assertAccessible(page)
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
  }
  await page.locator('[data-card=buyer]').click({ button: 'right' })
  await menu.getByRole('menuitem').first().waitFor()
  await assertAccessible(page)
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await page.locator('[data-card=tell]').click()
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await panel().getByRole('button', { name: 'Insert a value: Data: Value of email' }).click()
  await page.getByRole('combobox', { name: 'Search values and functions' }).waitFor()
  await assertAccessible(page)
})

/** Controls of the panel that a finger could miss. Boxes and switches are pressed by their labels. */
function tooSmall(least) {
  const controls = 'button, input, select, textarea, [role=textbox], label'
  return [...document.querySelectorAll(`aside :is(${controls})`)].flatMap((control) => {
    const ofBox = (input) => input instanceof HTMLInputElement && /checkbox|radio/.test(input.type)
    const counts = control instanceof HTMLLabelElement ? ofBox(control.control) && control.textContent !== '' : !ofBox(control)
    if (!counts || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return []
    const { width, height } = control.getBoundingClientRect()
    if (width === 0 || height === 0 || (width >= least && height >= least)) return []
    const words = control.getAttribute('aria-label') ?? control.textContent ?? ''
    return [`${control.tagName.toLowerCase()} “${words.slice(0, 40)}”: ${Math.round(width)} × ${Math.round(height)}`]
  })
}

part('below 700 pixels every control of a form is large enough for a finger, and works', async ({ page, api }) => {
  const id = await edit('Touch')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const step of ['sale', 'tell', 'tier']) {
    await page.locator(`[data-card="${step}"]`).first().click()
    for (const tab of await panel().getByRole('tab').all()) {
      await tab.click()
      await panel().getByRole('tabpanel').locator('button, input').first().waitFor()
      assert.deepEqual(await page.evaluate(tooSmall, FINGER), [], `${step}, ${await tab.innerText()}`)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert(wider <= 0, `${step}: the page is ${wider} pixels wider than the screen`)
    }
    await panel().getByRole('button', { name: 'Close the panel' }).click()
  }
  await page.locator('[data-card=tell]').first().click()
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await panel().getByRole('button', { name: 'Add a field: Headers' }).click()
  await page.keyboard.type('X-From')
  await panel().getByRole('textbox', { name: 'Headers: Value of X-From' }).click()
  await page.keyboard.type('a phone')
  await saved()
  await eventually(async () => {
    const { definition } = await api('GET', `/workflows/${id}`)
    return definition.steps[1].branches[0].steps[1].params.headers?.['X-From'] === 'a phone'
  }, 'stored header')
  await assertAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
})
