// What was sold: recorded by hand, found again, taken back, and seen at the contact.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { begin, parts } from './pages.mjs'

let world
const offers = {}
before(async () => {
  world = await begin()
  offers.course = await world.api('POST', '/offers', { title: 'Course A', products: [{ title: 'Basics' }] })
  offers.book = await world.api('POST', '/offers', { title: 'Workbook', products: [] })
})
after(() => world?.end())
const part = parts(() => world)

/** Picks an entry of a list that can be searched. */
async function pick(page, box, typed, option) {
  await box.fill(typed)
  await page.getByRole('option', { name: option }).click()
}

part('G1 a sale recorded by hand makes the contact, the purchase, its payment and the access', async ({ open, page, button, dialog, api }) => {
  await open('/sales')
  await page.getByRole('heading', { name: 'No purchases yet' }).waitFor()
  await assertAccessible(page)
  await button('Record a sale').first().click()
  const form = dialog('Record a sale')
  await button('Record the sale', form).click()
  for (const problem of ['Choose who bought.', 'Choose an offer.', 'Type an amount such as 49 or 49.00.']) await form.getByText(problem, { exact: true }).waitFor()
  await assertAccessible(page)
  await pick(page, form.getByRole('combobox', { name: 'Who bought' }), 'ada@example.com', 'New contact: ada@example.com')
  await pick(page, form.getByRole('combobox', { name: 'Offer' }), 'Course', 'Course A')
  await form.getByLabel('Amount').fill('49.005')
  await form.getByText('Type an amount such as 49 or 49.00.').waitFor()
  await form.getByLabel('Amount').fill('49.50')
  await button('Record the sale', form).click()
  await button('$49.50').waitFor()
  const [purchase] = (await api('GET', '/purchases')).items
  const [payment] = (await api('GET', '/payments')).items
  assert.deepEqual([purchase.amount, payment.amount, payment.offer_ids], [4950, 4950, [offers.course.id]])
  assert.equal((await api('GET', `/grants?contact_id=${purchase.contact_id}&active=true`)).items.length, 1)
})

part('K21 an offer and its bump are one order with one payment', async ({ open, page, button, dialog, api }) => {
  await open('/sales?tab=orders')
  await page.getByRole('heading', { name: 'No orders yet' }).waitFor()
  await button('Record a sale').first().click()
  const form = dialog('Record a sale')
  await pick(page, form.getByRole('combobox', { name: 'Who bought' }), 'grace@example.com', 'New contact: grace@example.com')
  await pick(page, form.getByRole('combobox', { name: 'Offer' }), 'Course', 'Course A')
  await form.getByLabel('Amount').fill('49')
  await button('Add an order bump', form).click()
  await pick(page, form.getByRole('combobox', { name: 'Order bump 1' }), 'Work', 'Workbook')
  await form.getByLabel('Amount of order bump 1').fill('9')
  await assertAccessible(page)
  await button('Record the sale', form).click()
  await button('$58.00').click()
  const order = page.getByRole('dialog')
  await order.getByText('order bump').waitFor()
  await assertAccessible(page)
  const [made] = (await api('GET', '/orders')).items
  const payments = (await api('GET', `/payments?contact_id=${made.contact_id}`)).items
  assert.deepEqual(payments.map((p) => [p.amount, p.offer_ids]), [[5800, [offers.course.id, offers.book.id]]])
  await page.keyboard.press('Escape')
  await order.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: 'Payments' }).click()
  await page.getByText('Course A + Workbook').waitFor()
  await assertAccessible(page)
})

part('a list is narrowed to a contact, an offer and a state', async ({ open, page, button }) => {
  await open('/sales?tab=payments')
  const list = page.getByRole('list', { name: 'Payments' })
  await list.waitFor()
  await pick(page, page.getByRole('combobox', { name: 'Offer' }), 'Work', 'Workbook')
  await button('$49.50').waitFor({ state: 'detached' })
  await button('$58.00').waitFor()
  await page.getByRole('combobox', { name: 'State' }).click()
  await page.getByRole('option', { name: 'Failed' }).click()
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await page.getByRole('link', { name: 'Clear the filters' }).click()
  await button('$49.50').waitFor()
  await pick(page, page.getByRole('combobox', { name: 'Contact' }), 'grace', 'grace@example.com')
  await button('$49.50').waitFor({ state: 'detached' })
  await page.reload()
  await button('$58.00').waitFor()
  assert.equal(await list.getByRole('listitem').count(), 1)
})

part('a refund is recorded in part, and one over what is left is refused at its field', async ({ open, page, button, dialog }) => {
  await open('/sales?tab=payments')
  await button('$49.50').press('Enter')
  await button('Record a refund').click()
  const form = dialog('Record a refund')
  await form.getByLabel('Amount').fill('100')
  await button('Record a refund', form).click()
  await form.locator('[name=amount][aria-invalid=true]').waitFor()
  await assertAccessible(page)
  await form.getByLabel('Amount').fill('9.50')
  await form.getByLabel('Reason').fill('half of it')
  await button('Record a refund', form).click()
  await form.waitFor({ state: 'detached' })
  await page.getByRole('dialog').getByText('Partly refunded').waitFor()
  await page.getByRole('dialog').getByText('$9.50').waitFor()
})

part('a sale appears by itself, and a subscription is ended', async ({ open, page, button, dialog, api }) => {
  await open('/sales?tab=subscriptions')
  await page.getByRole('heading', { name: 'No subscriptions yet' }).waitFor()
  await api('POST', '/purchases', { email: 'ada@example.com', offer_id: offers.book.id, amount: 900, currency: 'EUR', payment_type: 'subscription', interval: 'month' })
  await button('€9.00 each month').click()
  await button('Record a cancellation').click()
  const form = dialog('Record a cancellation')
  await form.getByLabel('Reason').fill('moved away')
  await button('Record a cancellation', form).click()
  await page.getByRole('dialog').getByText('moved away').waitFor()
  await page.getByRole('dialog').getByText('Cancelled').first().waitFor()
})

part('the contact’s timeline tells of sales and leads to them', async ({ open, page, api }) => {
  const [contact] = (await api('GET', '/contacts?q=ada')).items
  await open(`/contacts/${contact.id}`)
  await page.getByRole('link', { name: 'Show what was bought' }).click()
  await page.getByRole('list', { name: 'Purchases' }).getByText('Workbook').waitFor()
  await page.goBack()
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await timeline.getByText('Course A, $49.50').first().waitFor()
  await timeline.getByText('Subscription cancelled').waitFor()
  await timeline.getByText('Refunded').waitFor()
  await assertAccessible(page)
  await timeline.getByRole('link', { name: 'Show the sale' }).first().click()
  await page.waitForURL(/\/sales\?tab=/)
  await page.getByRole('dialog').waitFor()
})

part('the lists are whole on a tablet and a phone', async ({ open, page }) => {
  for (const width of [1024, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await open('/sales?tab=payments')
    await page.getByRole('list', { name: 'Payments' }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    await assertAccessible(page)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
})
