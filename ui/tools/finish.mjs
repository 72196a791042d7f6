// Runs after `vite build`: holds the first page to its budget of JavaScript,
// writes the index that names the editor's files too (../ahead.go), and lays a .gz beside every file that shrinks, so that the server never packs one
// while somebody waits.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

// Gzipped bytes of JavaScript: of the first page, whichever it is, and of what
// the editor loads beyond the entry until it can be worked with.
const FIRST_PAGE_LIMIT = 200 * 1024
const EDITOR_LIMIT = 200 * 1024
const EDITOR = 'src/features/canvas/EditorPage.tsx'
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt'])
const dist = fileURLToPath(new URL('../dist', import.meta.url))

const pack = (file) => gzipSync(readFileSync(file), { level: 9 })

/** The chunks that a page loads before it can show anything. */
function chunks(manifest, key, seen = new Set()) {
  const chunk = manifest[key]
  if (!seen.has(chunk)) {
    seen.add(chunk)
    for (const next of chunk.imports ?? []) chunks(manifest, next, seen)
  }
  return seen
}

/** The scripts among them, by file name; those of several pages when `known` are given. */
const scripts = (manifest, key, known = []) => new Set([...known, ...[...chunks(manifest, key)].map((chunk) => chunk.file)])

const size = (files) => [...files].reduce((sum, file) => sum + pack(join(dist, file)).length, 0)

/** The heaviest first page: the entry and what the costliest lazy page adds to it. */
function heaviestFirstPage(manifest, entry) {
  const pages = (manifest[entry].dynamicImports ?? [])
    .filter((page) => page !== EDITOR)
    .map((page) => ({ page, bytes: size(scripts(manifest, page, scripts(manifest, entry))) }))
  pages.push({ page: entry, bytes: size(scripts(manifest, entry)) })
  return pages.reduce((a, b) => (b.bytes > a.bytes ? b : a))
}

/** What the editor adds to the entry. */
function editorBytes(manifest, entry) {
  const known = scripts(manifest, entry)
  return size([...scripts(manifest, EDITOR)].filter((file) => !known.has(file)))
}

/** The index with the editor's files named as well, so that they come beside the app's and not after it. */
function editorIndex(manifest, index) {
  const needed = [...chunks(manifest, EDITOR)]
  const link = (rel, file) => `    <link rel="${rel}" crossorigin href="/${file}">\n`
  const missing = (file) => !index.includes(`"/${file}"`)
  const styles = [...new Set(needed.flatMap((chunk) => chunk.css ?? []))].filter(missing)
  const modules = needed.map((chunk) => chunk.file).filter(missing)
  const links = [...styles.map((file) => link('stylesheet', file)), ...modules.map((file) => link('modulepreload', file))]
  return index.replace('  </head>', () => `${links.join('')}  </head>`)
}

/** Says how much something weighs, and ends the build when that is too much. */
function hold(what, bytes, limit) {
  const kib = (n) => `${(n / 1024).toFixed(1)} KiB`
  console.log(`${what}: ${kib(bytes)} of JavaScript gzipped, limit ${kib(limit)}`)
  if (bytes <= limit) return
  console.error('That is over its budget: load what is not needed at once with import().')
  process.exit(1)
}

/** Every file below a folder, listed before any is written. */
function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const heaviest = heaviestFirstPage(manifest, entry)
hold(`first page (${heaviest.page})`, heaviest.bytes, FIRST_PAGE_LIMIT)
hold('editor, beyond the entry', editorBytes(manifest, entry), EDITOR_LIMIT)
writeFileSync(join(dist, 'editor.html'), editorIndex(manifest, readFileSync(join(dist, 'index.html'), 'utf8')))
rmSync(join(dist, '.vite'), { recursive: true }) // a build record, not for the binary
for (const file of files(dist)) {
  if (!PACKED.has(extname(file))) continue
  const packed = pack(file)
  if (packed.length < statSync(file).size * 0.9) writeFileSync(`${file}.gz`, packed)
}
