// Every kind of field, filled in as a person does: by mouse and by keyboard.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { api, begin, button, end, field, keysAt, open, option, page, panel, part, pick, pills, press, search, stored, tabTo, textbox, type } from './fields.mjs'
import { buildForms, folderOf } from './forms.mjs'

let built
before(async () => {
  built = process.env.BINARY ? undefined : buildForms()
  if (built) process.env.BINARY = built
  await begin()
})
after(async () => {
  await end()
  if (built) rmSync(folderOf(built), { recursive: true, force: true })
})

const demo = { id: 'demo', type: 'demo.fields', v: 1, params: {} }

/** What both ways of filling in must lead to. */
const WANTED = {
  text: 'Hi {{ trigger.body.name }}',
  code: 'a / b',
  url: 'https://example.com/a',
  number: 7,
  ratio: 0.5,
  money: { amount: 4990, currency: 'EUR' },
  switch: false,
  maybe: true,
  choice: 'detailed',
  detail: 'More',
  multi_choice: ['red', 'blue'],
  date: '2026-01-31',
  day: '2026-02-01',
  duration: '3d',
  list: ['one', 'two'],
  entries: [{ name: 'x', count: 2 }],
  rows: { a: '{{ trigger.body["Your e-mail?"] }}' },
  texts: { k: 'v' },
  group: { name: 'g' },
  condition: { match: 'all', rules: [{ value: '{{ trigger.body.name }}', is: 'starts_with', to: 'a' }] },
  json: { n: '{{ trigger.body.order.id }}' },
  file: '{{ trigger.body.file }}',
  long_text: 'One\nTwo {{ trigger.body.name }}',
  rich_text: '<b>x</b>',
}

function assertFilled({ secret, ref, ...rest }, offer) {
  assert.deepEqual(rest, WANTED)
  assert.match(secret.$secret, /^sec_/)
  assert.equal(ref, offer)
}

const offerId = async (title) => (await api('GET', '/offers')).items.find((o) => o.title === title)?.id

part('every kind of field is filled in by mouse', async () => {
  const id = await open('By mouse', [demo], 'demo')
  await textbox('Text').click()
  await page.keyboard.insertText('Hi ')
  await button('Insert a value: Text').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await pills(field('/params/text')).getByText('Ada').waitFor()
  await textbox('Code').fill(WANTED.code)
  await textbox('Address').click()
  await page.keyboard.insertText(WANTED.url)
  await textbox('Number').fill('7')
  await textbox('Number with a fraction').fill('0,5')
  await panel().getByLabel('Money: Currency', { exact: true }).fill('eur')
  await textbox('Money: Amount').fill('49.90')
  await panel().getByRole('switch', { name: 'Switch' }).click()
  await panel().getByText('Yes', { exact: true }).click()
  await panel().getByRole('combobox', { name: 'Choice' }).click()
  await option('With details').click()
  await textbox('Detail').click()
  await page.keyboard.insertText('More')
  await panel().getByText('Blue', { exact: true }).click()
  await panel().getByLabel('Date: Date', { exact: true }).fill(WANTED.date)
  await panel().getByLabel('Date as text: Date').fill(WANTED.day)
  await panel().getByLabel('Length of time: Unit').selectOption('days')
  await textbox('Length of time: Length').fill('3')
  await textbox('Secret').fill('s3cret')
  await panel().getByRole('combobox', { name: 'Offer' }).click()
  await page.keyboard.insertText('Gold course')
  await page.getByRole('option', { name: 'Make “Gold course”' }).click()
  await button('Add an entry: List').click()
  await textbox('List, Entry 1').click()
  await page.keyboard.insertText('one')
  await button('Add an entry: List').click()
  await textbox('List, Entry 2').click()
  await page.keyboard.insertText('two')
  await button('Add an entry: List of groups').click()
  const entry = field('/params/entries/0')
  await entry.getByRole('textbox', { name: 'Name' }).click()
  await page.keyboard.insertText('x')
  await entry.getByRole('textbox', { name: 'Count' }).fill('2')
  await button('Add a field: Rows of names and values').click()
  await textbox('Rows of names and values: Name 1').fill('a')
  await textbox('Rows of names and values: Value of a').click()
  await button('Insert a value: Rows of names and values: Value of a').click()
  await search().fill('your e-mail')
  await page.getByRole('treeitem', { name: 'Your e-mail?' }).click()
  const group = field('/params/group')
  await group.getByRole('textbox', { name: 'Name' }).click()
  await page.keyboard.insertText('g')
  await button('Add a condition', field('/params/condition')).click()
  await textbox('Condition 1: value').click()
  await button('Insert a value: Condition 1: value').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await panel().getByLabel('Condition 1: comparison').selectOption('starts_with')
  await textbox('Condition 1: compared with').click()
  await page.keyboard.insertText('a')
  await field('/params/condition').locator('[data-met=true]').first().waitFor()
  await button('More settings').click()
  await button('Add a field: Rows of names and texts').click()
  await textbox('Rows of names and texts: Name 1').fill('k')
  await textbox('Rows of names and texts: Value of k').click()
  await page.keyboard.insertText('v')
  await button('Add a field: Any data').click()
  await textbox('Any data: Name 1').fill('n')
  await textbox('Any data: Value of n').click()
  await button('Insert a value: Any data: Value of n').click()
  await search().fill('order id')
  await page.getByRole('treeitem', { name: /820982911946154508/ }).click()
  await button('Insert a value: File').click()
  await page.getByRole('treeitem', { name: 'File' }).click()
  await panel().getByRole('tab', { name: 'Fields' }).click()
  await textbox('Long text').click()
  await page.keyboard.insertText('One')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('Two ')
  await button('Insert a value: Long text').click()
  await page.getByRole('treeitem', { name: 'Name' }).click()
  await textbox('Rich text').click()
  await page.keyboard.insertText('<b>x</b>')
  const params = await stored(id, 'demo', (p) => p.rich_text === '<b>x</b>' && p.secret?.$secret)
  assertFilled(params, await offerId('Gold course'))
  await assertAccessible(page)
  await panel().getByRole('tab', { name: /Set up/ }).click()
  await panel().getByText('Stored', { exact: true }).waitFor()
  await assertAccessible(page)
  assert(!(await page.content()).includes('s3cret'), 'a stored secret is on the page')
})

part('every kind of field is filled in by keyboard', async () => {
  const id = await open('By keyboard', [demo], 'demo')
  await panel().getByRole('tab', { name: /Set up/ }).focus()
  await tabTo('Text')
  await type('Hi /')
  await pick('name')
  await tabTo('Code')
  await type('a / b')
  await tabTo('Address')
  await type(WANTED.url)
  await tabTo('Number')
  await type('7')
  await tabTo('Number with a fraction')
  await type('0.5')
  await tabTo('Money: Amount')
  await type('49.90')
  await tabTo('Money: Currency')
  await type('eur')
  await tabTo('Switch')
  await press('Space')
  await tabTo('Not set')
  await press('ArrowRight')
  await tabTo('Choice')
  await press('ArrowDown', 'ArrowDown', 'Enter')
  await option('With details').waitFor({ state: 'hidden' })
  await tabTo('Detail')
  await type('More')
  await tabTo('Blue')
  await press('Space')
  await panel().getByLabel('Date: Date', { exact: true }).waitFor()
  await tabTo('Date: Date')
  await type('01312026')
  await tabTo('Date as text: Date')
  await type('02012026')
  await tabTo('Length of time: Length')
  await type('3')
  await tabTo('Length of time: Unit')
  await type('days')
  await tabTo('Secret')
  await type('s3cret')
  await tabTo('Offer')
  await type('Silver course')
  await page.getByRole('option', { name: 'Make “Silver course”' }).waitFor()
  await press('ArrowDown', 'Enter')
  await stored(id, 'demo', (p) => p.ref)
  for (const [n, entry] of ['one', 'two'].entries()) {
    await tabTo('Add an entry: List')
    await press('Enter')
    await keysAt(`List, Entry ${n + 1}`)
    await type(entry)
  }
  await tabTo('Add an entry: List of groups')
  await press('Enter')
  await keysAt('Name')
  await type('x')
  await tabTo('Count')
  await type('2')
  await tabTo('Add a field: Rows of names and values')
  await press('Enter')
  await keysAt('Rows of names and values: Name 1')
  await type('a')
  await tabTo('Rows of names and values: Value of a')
  await type('{{')
  await pick('your e-mail')
  await tabTo('Name')
  await type('g')
  await tabTo('Add a condition')
  await press('Enter')
  await tabTo('Condition 1: value')
  await type('/')
  await pick('name')
  await tabTo('Condition 1: comparison')
  await type('starts')
  await tabTo('Condition 1: compared with')
  await type('a')
  await tabTo('More settings')
  await press('Enter')
  await tabTo('Add a field: Rows of names and texts')
  await press('Enter')
  await keysAt('Rows of names and texts: Name 1')
  await type('k')
  await tabTo('Rows of names and texts: Value of k')
  await type('v')
  await tabTo('Add a field: Any data')
  await press('Enter')
  await keysAt('Any data: Name 1')
  await type('n')
  await tabTo('Any data: Value of n')
  await type('/')
  await pick('order id')
  await tabTo('File')
  await type('/')
  await pick('file')
  await panel().getByRole('tab', { name: /Set up/ }).focus()
  await press('ArrowRight')
  await textbox('Long text').waitFor()
  await tabTo('Long text')
  await type('One')
  await press('Enter')
  await type('Two /')
  await pick('name')
  await tabTo('Rich text')
  await type('<b>x</b>')
  const params = await stored(id, 'demo', (p) => p.rich_text === '<b>x</b>' && p.secret?.$secret)
  assertFilled(params, await offerId('Silver course'))
})
