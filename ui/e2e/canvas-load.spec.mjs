// How the editor arrives: its files and its data are asked for together, by the
// page itself, and nothing is asked for twice. What that wins in time is
// measured by measure.mjs; this holds whatever else the machine does.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { long } from './documents.mjs'
import { begin, parts } from './pages.mjs'

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

part('the editor and its data come beside the app, each once', async ({ page, open, api }) => {
  const { id } = await api('POST', '/workflows', long(50))
  await open(`/workflows/${id}`)
  await page.locator('[data-card=buyer]').waitFor()
  const got = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => ({ path: new URL(entry.name).pathname, by: entry.initiatorType })),
  )
  for (const path of ['/api/v1/me', `/api/v1/workspaces/main/workflows/${id}`, '/api/v1/node-types']) {
    assert.deepEqual(got.filter((entry) => entry.path === path).map((entry) => entry.by), ['link'], path)
  }
  // The page names every chunk that the first cards need; "script" is what another script imports later.
  const named = await (await page.request.get(page.url())).text()
  const editor = got.filter(({ path }) => /\/(EditorPage|kit)-[^/]*\.js$/.test(path)).map(({ path }) => path)
  assert.equal(editor.length, 2)
  for (const path of editor) assert(named.includes(`"${path}"`), `${path} is not named by the page`)
})
