// Runs after `vite build`: holds the first page to its budget of JavaScript and
// lays a .gz beside every file that shrinks, so that the server never packs one
// while somebody waits.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const FIRST_PAGE_LIMIT = 200 * 1024 // gzipped bytes of JavaScript
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt'])
const dist = fileURLToPath(new URL('../dist', import.meta.url))

const pack = (file) => gzipSync(readFileSync(file), { level: 9 })

/** The scripts that a page loads before it can show anything, by file name. */
function scripts(manifest, key, seen = new Set()) {
  const chunk = manifest[key]
  if (!seen.has(chunk.file)) {
    seen.add(chunk.file)
    for (const next of chunk.imports ?? []) scripts(manifest, next, seen)
  }
  return seen
}

/** The heaviest first page: the entry and what the costliest lazy page adds to it. */
function heaviestFirstPage(manifest) {
  const size = (files) => [...files].reduce((sum, file) => sum + pack(join(dist, file)).length, 0)
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
  const pages = (manifest[entry].dynamicImports ?? []).map((page) => {
    const files = scripts(manifest, page, scripts(manifest, entry))
    return { page, bytes: size(files) }
  })
  pages.push({ page: entry, bytes: size(scripts(manifest, entry)) })
  return pages.reduce((a, b) => (b.bytes > a.bytes ? b : a))
}

/** Every file below a folder, listed before any is written. */
function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const manifestFile = join(dist, '.vite', 'manifest.json')
const heaviest = heaviestFirstPage(JSON.parse(readFileSync(manifestFile, 'utf8')))
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`
console.log(`first page: ${kib(heaviest.bytes)} of JavaScript gzipped (${heaviest.page}), limit ${kib(FIRST_PAGE_LIMIT)}`)
if (heaviest.bytes > FIRST_PAGE_LIMIT) {
  console.error('The first page is over its budget: load what it does not need at once with import().')
  process.exit(1)
}
rmSync(join(dist, '.vite'), { recursive: true }) // a build record, not for the binary
for (const file of files(dist)) {
  if (!PACKED.has(extname(file))) continue
  const packed = pack(file)
  if (packed.length < statSync(file).size * 0.9) writeFileSync(`${file}.gz`, packed)
}
