// What a year of use looks like: ten thousand runs, and a payload of a megabyte.
import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before } from 'node:test'
import { begin, parts, post } from './pages.mjs'

const stop = { id: 'end', type: 'flow.stop', v: 1, params: { outcome: 'succeeded' } }
const RUNS = 10_000
const AT_ONCE = 40

let world
before(async () => {
  world = await begin()
})
after(() => world?.end())
const part = parts(() => world)

/** Does something for each item, a few at a time. */
async function each(items, run) {
  const queue = [...items]
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })
after(() => agent.destroy())

/** Posts JSON and gives the status: over kept connections it takes a fifth of what fetch does. */
function status(url, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method: 'POST', headers: { 'Content-Type': 'application/json' } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    request.on('error', reject).end(JSON.stringify(body))
  })
}

part('a payload of a megabyte opens at once and shows every digit', async ({ page, workflow, origin }) => {
  const { url } = await workflow('Large', [stop])
  const rows = Array.from({ length: 12_500 }, (_, n) => `{"n":${n},"order":820982911946154508,"text":"${'x'.repeat(24)}"}`)
  const body = `{"total":820982911946154599,"rows":[${rows.join(',')}]}`
  assert(body.length > 900_000 && body.length < 1_048_576, `${body.length} bytes`)
  const answer = await post(url, body)
  assert.equal(answer.status, 202)
  await page.goto(`${origin}/w/main/requests`)
  await page.getByRole('link', { name: 'Large' }).waitFor()
  const began = Date.now()
  await page.getByRole('link', { name: 'Large' }).click()
  const data = page.getByRole('region', { name: 'Data' })
  await data.getByText('820982911946154599').waitFor()
  await data.getByRole('button', { name: 'Open rows' }).click()
  await data.getByText('50 items').or(data.getByText('Show 12,450 more')).waitFor()
  const took = Date.now() - began
  await data.getByText('820982911946154508', { exact: true }).first().waitFor()
  console.log(`  a payload of ${(body.length / 1024).toFixed(0)} KiB was open after ${took} ms`)
})

part('ten thousand runs scroll without a gap', async ({ page, workflow, origin, api }) => {
  const { id, url } = await workflow('Many', [stop])
  // Runs that wait are rows like others, and are made in half the time.
  await api('POST', `/workflows/${id}/pause`)
  await each(Array.from({ length: RUNS }, (_, n) => n), async (n) => {
    assert.equal(await status(url, { n }), 202)
  })
  await page.goto(`${origin}/w/main/runs?workflow_id=${id}`)
  const list = page.getByRole('list', { name: 'Runs' })
  await list.waitFor()
  // To the end, page by page, as a person who keeps scrolling.
  let shown = 0
  for (let tries = 0; shown < RUNS && tries < 400; tries++) {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await page.waitForTimeout(30)
    shown = Number(await list.getByRole('listitem').first().getAttribute('aria-setsize'))
  }
  assert.equal(shown, RUNS)
  assert((await list.getByRole('listitem').count()) < 80, 'only rows in view are drawn')
  // Frames while the wheel turns, through all that is loaded.
  const frames = await page.evaluate(async () => {
    const times = []
    let gaps = 0
    const top = document.documentElement.scrollHeight
    for (let at = 0; at < 240; at++) {
      window.scrollTo(0, top - at * 900)
      await new Promise((next) => requestAnimationFrame(next))
      const began = performance.now()
      await new Promise((next) => requestAnimationFrame(next))
      times.push(performance.now() - began)
      const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2)
      if (!middle?.closest('li')) gaps++
    }
    times.sort((a, b) => a - b)
    return { median: times[120], p95: times[228], gaps }
  })
  console.log(`  ${RUNS} runs: a frame took ${frames.median.toFixed(1)} ms in the median, ${frames.p95.toFixed(1)} ms in 95 of 100`)
  assert(frames.gaps < 12, `${frames.gaps} of 240 frames had no row in the middle`)
})
