// Measures the editor in a real browser: how long until a workflow can be
// worked with, and how long a frame takes while it is panned. Run it on a
// machine that does nothing else: npm run measure
import assert from 'node:assert/strict'
import { openBrowser } from './browser.mjs'
import { long } from './documents.mjs'
import { startServer } from './server.mjs'

const LIMITS = { 50: 1_000, 500: 2_500 } // milliseconds until interactive
const FRAME_LIMIT = 20 // milliseconds, median while panning
const ROUNDS = 3

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/**
 * From following the link until a card is drawn and the page answers to input. It
 * begins at a page of the same server: from about:blank, the browser would first
 * start a process for the site, which takes a fifth of a second.
 */
async function untilInteractive(page, address) {
  await page.goto(new URL('/healthz', address).href)
  const begun = Date.now()
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('[data-card=buyer]').waitFor()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  return Date.now() - begun
}

/** Times between frames while the wheel pans the canvas. */
async function panning(page) {
  const box = await page.locator('.react-flow').boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    window.frames_ = []
    let last = performance.now()
    const tick = (now) => {
      window.frames_.push(now - last)
      last = now
      window.timer_ = requestAnimationFrame(tick)
    }
    window.timer_ = requestAnimationFrame(tick)
  })
  for (let i = 0; i < 90; i++) await page.mouse.wheel(0, 60)
  return page.evaluate(() => {
    cancelAnimationFrame(window.timer_)
    return window.frames_.slice(2)
  })
}

const server = await startServer()
const browser = await openBrowser(new URL(server.setUpLink).origin, { viewport: { width: 1440, height: 900 } })
try {
  const { page } = browser
  const { origin, searchParams } = new URL(server.setUpLink)
  const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'a long enough passphrase', token: searchParams.get('token') }
  assert((await page.request.post(`${origin}/api/v1/setup`, { data: owner })).ok())
  for (const [steps, limit] of Object.entries(LIMITS)) {
    const made = await page.request.post(`${origin}/api/v1/workspaces/main/workflows`, { data: long(Number(steps)) })
    const { id } = await made.json()
    const address = `${origin}/w/main/workflows/${id}`
    await untilInteractive(page, address) // warms the server and the browser's cache
    const times = []
    for (let i = 0; i < ROUNDS; i++) times.push(await untilInteractive(page, address))
    const frame = median(await panning(page))
    console.log(`${steps} steps: interactive after ${median(times)} ms (limit ${limit}), panning ${frame.toFixed(1)} ms a frame (limit ${FRAME_LIMIT})`)
    if (median(times) > limit || frame > FRAME_LIMIT) process.exitCode = 1
  }
} finally {
  await browser.close()
  await server.stop()
}
