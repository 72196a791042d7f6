// What a year of use looks like: ten thousand runs, a payload of a megabyte, and
// names that try to become part of the page.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { begin, eventually, parts, post } from './pages.mjs'

const stop = { id: 'end', type: 'flow.stop', v: 1, params: { outcome: 'succeeded' } }
const RUNS = 10_000
const AT_ONCE = 40

/** Pieces of markup and script as they are tried on input fields, mixed to 200 different texts. */
function corpus() {
  const calls = ['alert(1)', 'alert`1`', 'confirm(document.cookie)', '(0,eval)("alert(1)")', 'top["al"+"ert"](1)']
  const shapes = [
    (js) => `<script>${js}</script>`,
    (js) => `"><script>${js}</script>`,
    (js) => `</title><script>${js}</script>`,
    (js) => `</textarea><img src=x onerror=${js}>`,
    (js) => `<img src=x onerror="${js}">`,
    (js) => `'><img src=x onerror=${js}>`,
    (js) => `<svg onload=${js}>`,
    (js) => `<svg><animate onbegin=${js} attributeName=x>`,
    (js) => `<svg><script>${js}</script></svg>`,
    (js) => `<body onload=${js}>`,
    (js) => `<iframe src="javascript:${js}"></iframe>`,
    (js) => `<iframe srcdoc="<script>${js}</script>">`,
    (js) => `<a href="javascript:${js}">x</a>`,
    (js) => `<a href="java\tscript:${js}">x</a>`,
    (js) => `<details open ontoggle=${js}>`,
    (js) => `<input autofocus onfocus=${js}>`,
    (js) => `<video><source onerror=${js}>`,
    (js) => `<math href="javascript:${js}">x</math>`,
    (js) => `<object data="javascript:${js}">`,
    (js) => `<form action="javascript:${js}"><button>x`,
    (js) => `<style>@import "javascript:${js}";</style>`,
    (js) => `<div style="background:url(javascript:${js})">`,
    (js) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
    (js) => `<base href="javascript:${js}//">`,
    (js) => `javascript:${js}`,
    (js) => `data:text/html,<script>${js}</script>`,
    (js) => `{{constructor.constructor('${js}')()}}`,
    (js) => '${' + js + '}',
    (js) => `<!--><img src=x onerror=${js}>-->`,
    (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
    (js) => `&lt;script&gt;${js}&lt;/script&gt;`,
    (js) => `&#60;script&#62;${js}&#60;/script&#62;`,
    (js) => `\u2028<script>${js}</script>`,
    (js) => `\u202e<script>${js}</script>`,
    (js) => `%3Cscript%3E${js}%3C/script%3E`,
    (js) => `<scr<script>ipt>${js}</scr</script>ipt>`,
    (js) => `<IMG """><SCRIPT>${js}</SCRIPT>">`,
    (js) => `<x onclick=${js}>x`,
    (js) => `<template><script>${js}</script></template>`,
    (js) => `]]><script>${js}</script>`,
  ]
  return shapes.flatMap((shape) => calls.map(shape))
}

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
  assert(took < 6_000, `${took} ms`)
})

part('ten thousand runs scroll without a gap', async ({ page, workflow, origin, api }) => {
  const { id, url } = await workflow('Many', [stop])
  await each(Array.from({ length: RUNS }, (_, n) => n), async (n) => {
    const answer = await post(url, { n })
    assert.equal(answer.status, 202)
  })
  await eventually(async () => (await api('GET', `/runs?workflow_id=${id}&status=queued&limit=1`)).items.length === 0, 'quiet')
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

part('text that tries to become part of the page stays text, everywhere', async ({ page, origin, api, workflow, button }) => {
  const evil = corpus()
  assert.equal(new Set(evil).size, 200)
  await each(evil.slice(0, 100), (value) => api('POST', '/custom-values', { name: value.slice(0, 100), key: `v${evil.indexOf(value)}`, value }))
  await each(evil.slice(100), (title) => api('POST', '/offers', { title: title.slice(0, 190), products: [{ title: title.slice(0, 190) }] }))
  const bad = evil[4]
  await api('POST', '/contact-fields', { label: bad, key: 'evil', kind: 'text' })
  await api('POST', '/contacts', { email: 'eve@example.com', name: bad, company: evil[7], tags: [evil[10].slice(0, 60)], fields: { evil: evil[20] } })
  const { url } = await workflow(bad, [{ ...stop, name: evil[12] }])
  await post(url, Object.fromEntries(evil.map((text, n) => [`${n} ${text}`, text])))
  const texts = async () => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
  const holds = (all, text) => all.includes(text.replaceAll(/\s+/g, ' ').trim())

  await page.goto(`${origin}/w/main/values`)
  await page.getByText(bad).first().waitFor()
  let all = await texts()
  for (const value of evil.slice(0, 100)) assert(holds(all, value), `the page of values lacks ${value}`)

  await page.goto(`${origin}/w/main/offers`)
  await page.getByRole('listitem').first().waitFor()
  all = await texts()
  for (const title of evil.slice(100)) assert(holds(all, title.slice(0, 190)), `the page of offers lacks ${title}`)

  await page.goto(`${origin}/w/main/requests`)
  await page.getByRole('link', { name: bad }).click()
  const data = page.getByRole('region', { name: 'Data' })
  await data.getByText(/^Show .* more$/).waitFor()
  for (let more = await data.getByText(/^Show .* more$/).count(); more > 0; more = await data.getByText(/^Show .* more$/).count()) {
    await data.getByText(/^Show .* more$/).click()
  }
  all = (await data.innerText()).replaceAll(/\s+/g, ' ')
  for (const text of evil) assert(holds(all, text), `the request's data lacks ${text}`)
  await button('JSON').click()

  for (const path of ['/', '/workflows', '/runs', '/contacts', '/attention', '/connections', '/keys', '/settings']) {
    await page.goto(`${origin}/w/main${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  const [eve] = (await api('GET', '/contacts?email=eve@example.com')).items
  await page.goto(`${origin}/w/main/contacts/${eve.id}`)
  await page.getByRole('heading', { level: 1, name: bad }).waitFor()
  all = await texts()
  for (const text of [evil[7], evil[20], evil[10].slice(0, 60)]) assert(holds(all, text), `the contact lacks ${text}`)
  assert.equal(await page.locator('main img, main script, main iframe, main object, main svg[onload]').count(), 0)
})
