// Folders of workflows, made and left from the list by keyboard alone.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { assertAccessible } from './browser.mjs'
import { blank } from './documents.mjs'
import { begin, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

part('a workflow is moved to a new folder, found there, and taken out again', async ({ open, page, api, button, dialog }) => {
  for (const name of ['Sale', 'Lead']) await api('POST', '/workflows', { name, definition: blank(name).definition })
  const list = page.getByRole('list', { name: 'Workflows' })
  const press = (key) => page.keyboard.press(key)
  /** Opens the dialog from the menu of a row, and gives it the name of a folder. */
  const move = async (name, folder) => {
    await button(`Actions for ${name}`).focus()
    await press('Enter')
    await page.getByRole('menuitem', { name: 'Move to a folder' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[role=menu]'))
    await press('ArrowDown')
    await press('Enter')
    const field = dialog(`Move “${name}”`).getByRole('combobox', { name: 'Folder' })
    await field.waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] input'))
    await press('ControlOrMeta+a')
    await (folder === '' ? press('Delete') : page.keyboard.type(folder))
    await button('Move', dialog(`Move “${name}”`)).focus()
    await press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await open('/workflows')
  await list.getByText('Sale', { exact: true }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'Folder' }).count(), 0)
  await move('Sale', 'Shop')
  await list.getByRole('img', { name: 'In the folder Shop' }).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Actions for Sale')
  await page.getByRole('combobox', { name: 'Folder' }).click()
  await page.getByRole('option', { name: 'Shop' }).click()
  await page.waitForURL(/folder=Shop/)
  await list.getByText('Lead', { exact: true }).waitFor({ state: 'detached' })
  await list.getByText('Sale', { exact: true }).waitFor()
  assert.equal(await list.getByRole('listitem').count(), 1)
  await assertAccessible(page)
  await move('Sale', '')
  await page.getByText('No workflow matches').waitFor()
  await button('Clear the filters').click()
  await list.getByText('Lead', { exact: true }).waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'Folder' }).count(), 0)
  assert.deepEqual((await api('GET', '/workflow-folders')).items, [])
})
