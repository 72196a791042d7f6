// Conditions: tags and offers are picked or made where they are needed, and a
// formula becomes rows again, or asks before it goes.
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
const buyer = { id: 'buyer', type: 'contact.upsert', v: 1, params: { email: '{{ trigger.body.email }}' } }

/** Opens a workflow at its step "only", a filter with this condition. */
async function edit(name, condition) {
  const { api, open, page } = world
  const only = { id: 'only', type: 'flow.filter', v: 1, params: condition === undefined ? {} : { when: condition } }
  const { id } = await api('POST', '/workflows', { name, definition: { schema: 1, triggers: [hook], steps: [buyer, only] } })
  await open(`/workflows/${id}?step=only`)
  await page.getByRole('complementary').getByText(condition === undefined ? 'Add a condition' : 'Formula', { exact: true }).first().waitFor()
  return id
}

const panel = () => world.page.getByRole('complementary')
const button = (name) => panel().getByRole('button', { name, exact: true })
const to = (n) => panel().getByRole('combobox', { name: `Condition ${n}: compared with` })
const is = (n) => panel().getByRole('combobox', { name: `Condition ${n}: comparison` })
const option = (name) => world.page.getByRole('option', { name, exact: true })
const mode = (name) => panel().locator('label', { hasText: name })

/** The stored condition, once it is as asked for. */
const stored = (id, done) =>
  eventually(async () => {
    const { when: condition } = (await world.api('GET', `/workflows/${id}`)).definition.steps[1].params
    return done(condition) && { condition }
  }, 'stored condition')

part('a tag and an offer are picked from lists, or made on the spot', async ({ page, api }) => {
  await api('POST', '/offers', { title: 'Course A' })
  const id = await edit('Who has what')
  await button('Add a condition').click()
  await is(1).selectOption('has_tag')
  await to(1).click()
  await page.keyboard.type('vip')
  await option('Make “vip”').waitFor()
  await page.keyboard.press('Enter')
  await stored(id, (c) => c?.rules[0].to === 'vip')
  await button('Add a condition').click()
  await is(2).selectOption('has_no_offer')
  await to(2).click()
  await option('Course A').click()
  const [offer] = (await api('GET', '/offers')).items
  await stored(id, (c) => c?.rules[1]?.to === offer.id)
  assert.equal(await to(2).inputValue(), 'Course A')
  await page.getByText('Contact has the tag vip and Contact does not have the offer Course A').first().waitFor()
  await assertAccessible(page)
  assert((await api('GET', '/tags')).items.some((tag) => tag.name === 'vip'))
  // A value from the data in the place of a fixed one, and back.
  await button('Use a value from the data: Condition 1: compared with').click()
  await panel().getByRole('textbox', { name: 'Condition 1: compared with' }).click()
  await page.keyboard.type('/')
  await page.getByRole('combobox', { name: 'Search values and functions' }).waitFor()
  await page.keyboard.type('email')
  await page.getByRole('treeitem').first().waitFor()
  await page.keyboard.press('Enter')
  await stored(id, (c) => /\{\{.+\}\}/.test(c?.rules[0].to))
  await button('Choose from the list: Condition 1: compared with').click()
  await to(1).waitFor()
})

part('a formula that rows can say becomes rows', async () => {
  const id = await edit('Formula', '{{ trigger.body.amount > 100 && any(contact.tags ?? [], lower(text(#)) == "vip") }}')
  await mode('Rows').click()
  await is(2).waitFor()
  const { condition } = await stored(id, (c) => typeof c === 'object')
  assert.deepEqual(condition, { match: 'all', rules: [{ value: '{{ trigger.body.amount }}', is: 'more_than', to: '100' }, { is: 'has_tag', to: 'vip' }] })
  await mode('Formula').click()
  await stored(id, (c) => typeof c === 'string')
})

part('a formula that rows cannot say stays until somebody agrees', async ({ page }) => {
  const formula = '{{ len(trigger.body.items) > 2 }}'
  const id = await edit('Kept', formula)
  await mode('Rows').click()
  await panel().getByText('Rows cannot say this formula.').waitFor()
  await assertAccessible(page)
  await page.keyboard.press('Enter') // the safe answer has the keyboard
  await panel().getByText('Rows cannot say this formula.').waitFor({ state: 'detached' })
  assert.equal((await world.api('GET', `/workflows/${id}`)).definition.steps[1].params.when, formula)
  await mode('Rows').click()
  await button('Begin anew with rows').click()
  await is(1).waitFor()
  await stored(id, (c) => typeof c === 'object')
})
