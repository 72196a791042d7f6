// The system's Chromium, and what every page is held to while a test drives it.
import assert from 'node:assert/strict'
import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function canRun(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** CHROMIUM, else the first that the PATH has. */
function findChromium() {
  const given = process.env.CHROMIUM
  if (given) return given
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun)
  assert(found, 'No Chromium found: install it (Debian: apt-get install chromium), or set CHROMIUM.')
  return found
}

/**
 * Opens a page that takes note of what must never happen: script errors,
 * anything the content policy stopped, and calls to other servers.
 */
export async function openBrowser(origin, options = {}) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults = []
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/.test(message.text())) faults.push(message.text())
  })
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) faults.push(`call to ${url.origin}`)
  })
  return { page, faults, close: () => browser.close() }
}

/** Whether the page has taken on the colours and nothing moves any more but endless spinners. */
function settled(scheme) {
  const root = document.documentElement
  const moving = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity)
  return root.dataset.mantineColorScheme === scheme && moving.every((a) => a.playState !== 'running')
}

// Colours are all that the two schemes differ in, so the other rules are asked once.
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Holds the page as it stands to axe-core's rules, in light and in dark. */
export async function assertAccessible(page) {
  // Half a megabyte takes a second to compile, so once for a document. Evaluated by
  // the debugger, so the page's content policy stays as it is.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${AXE}; 0`)
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction(settled, colorScheme)
    const rules = colorScheme === 'light' ? '' : `runOnly: ${JSON.stringify(OF_COLOURS)}, `
    const violations = await page.evaluate(`axe.run({ ${rules}resultTypes: ['violations'] }).then((r) => r.violations.map((v) =>
      v.id + ': ' + v.help + '\\n  ' + v.nodes.map((n) => n.html.slice(0, 200)).join('\\n  ')))`)
    assert.deepEqual(violations, [], `${colorScheme} ${page.url()}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
