// White label: a brand is set in the settings, and on the client's domain no page names
// the product, in text, title, labels or meta.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { begin, owner, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

/** Everything that a page says to people and to what reads it for them. */
const said = (page) =>
  page.evaluate(() => {
    const texts = [document.title, document.body.innerText]
    for (const e of document.querySelectorAll('[aria-label],[title],[placeholder],[alt],meta[content],noscript')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'content']) texts.push(e.getAttribute(name) ?? '')
      if (e.tagName === 'NOSCRIPT') texts.push(e.textContent)
    }
    return texts.join('\n')
  })

part('a brand is chosen with a preview, and a domain is checked', async ({ page, open, button, api }) => {
  await open('/settings')
  const card = page.getByRole('region', { name: 'Brand', exact: true })
  await card.getByLabel('Name', { exact: true }).fill('Acme Flows')
  await card.getByLabel('Colour').fill('#ffb400')
  await card.getByText('would be hard to read').waitFor()
  await page.keyboard.press('Escape')
  await card.getByRole('figure').getByText('Acme Flows').first().waitFor()
  await button('Save the brand', card).click()
  await page.getByText('The brand is saved', { exact: false }).first().waitFor({ state: 'attached' })
  await card.getByLabel('Host name').fill('client.localhost')
  await button('Use this domain', card).click()
  await button('Check now', card).click()
  await card.getByText('ALLOW_TARGETS').waitFor()
  await button('Use it without the check', card).click()
  await card.getByText('is in use').waitFor()
  const made = await api('POST', '/workflows', { name: 'Seen', definition: { schema: 1, triggers: [{ id: 'hook', type: 'webhook.catch', v: 1, params: {} }], steps: [] } })
  assert.equal(new URL(made.triggers[0].url).hostname, 'client.localhost')
})

part('pages of the client’s domain do not name the product', async ({ page, origin, browser }) => {
  const { port } = new URL(origin)
  const there = `http://client.localhost:${port}`
  await page.goto(`${there}/sign-in`)
  await page.getByLabel('E-mail').fill(owner.email)
  assert.match(await page.title(), /Acme Flows/)
  const seen = [await said(page)]
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  for (const path of ['', '/workflows', '/hooks', '/api-keys', '/connections', '/settings', '/templates', '/nothing']) {
    await page.goto(`${there}/w/main${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    seen.push(await said(page))
  }
  for (const text of seen) {
    const at = text.toLowerCase().indexOf('hookloom')
    assert.ok(at < 0, `a page says …${text.slice(Math.max(0, at - 80), at + 80)}…`)
  }
  // The browser's watch over calls to other servers knows one address of this one.
  assert.deepEqual(browser.faults.splice(0).filter((fault) => !fault.includes(there)), [])
})
