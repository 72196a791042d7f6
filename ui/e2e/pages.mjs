// What the tests of the pages share: a server of their own with an owner who is
// signed in, calls in that owner's name, and parts that stop at a fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser.mjs'
import { startServer } from './server.mjs'

export const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase' }

/** Starts a server, with more of its environment, and a browser with the owner signed in. */
export async function begin(settings = {}) {
  const server = await startServer(settings)
  const origin = new URL(server.setUpLink).origin
  const browser = await openBrowser(origin, { viewport: { width: 1280, height: 900 } })
  const { page } = browser
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const token = new URL(server.setUpLink).searchParams.get('token')
  const made = await page.request.post(`${origin}/api/v1/setup`, { data: { ...owner, token } })
  assert(made.ok(), await made.text())

  /** A call below the workspace; fails on anything but success. */
  async function api(method, path, data) {
    const answer = await page.request.fetch(`${origin}/api/v1/workspaces/main${path}`, { method, data })
    const text = await answer.text()
    assert(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** A published workflow with one trigger; `url` is where that is called. */
  async function workflow(name, steps, trigger = 'webhook.catch') {
    const definition = {
      schema: 1,
      settings: { contact: trigger === 'manual.start' ? 'required' : 'optional', timezone: null },
      triggers: [{ id: 'hook', type: trigger, v: 1, params: {} }],
      steps,
    }
    const made = await api('POST', '/workflows', { name, definition })
    await api('POST', `/workflows/${made.id}/publish`, {})
    return { id: made.id, url: made.triggers[0].url }
  }

  return {
    server,
    origin,
    browser,
    page,
    api,
    workflow,
    open: (path) => page.goto(`${origin}/w/main${path}`),
    heading: (name) => page.getByRole('heading', { level: 1, name, exact: true }),
    button: (name, on = page) => on.getByRole('button', { name, exact: true }),
    dialog: (name) => page.getByRole('dialog', { name }),
    menu: (name) => page.getByRole('menuitem', { name, exact: true }),
    async end() {
      await browser.close()
      await server.stop()
    },
  }
}

/** Posts to a trigger as a sender would. */
export async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json().catch(() => undefined) }
}

/** Asks again until there is something; fails after a while. */
export async function eventually(find, what) {
  const limit = Date.now() + 15_000
  for (;;) {
    const found = await find()
    if (found) return found
    assert(Date.now() < limit, `no ${what} in time`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A part of a journey. A failure shows where the page was and what the server said meanwhile. */
export function parts(world) {
  return (name, run) =>
    test(name, { timeout: 90_000 }, async () => {
      const { browser, page, server } = world()
      const heard = server.log().length
      try {
        await run(world())
        assert.deepEqual(browser.faults, [])
      } catch (error) {
        console.error(`at ${page.url()}, the server said:\n${server.log().slice(heard).slice(-3000)}`)
        throw error
      }
    })
}
