// Writes src/api/schema.d.ts, the types of the API's requests and answers, from
// the OpenAPI document on the standard input:
//
//   hookloom openapi | node tools/schema/schema.mjs [--check]
//
// With --check it writes nothing and fails when the committed file is not what
// it would write. That needs no package: the file names what it was made of.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const beside = (name) => fileURLToPath(new URL(name, import.meta.url))
const target = beside('../../src/api/schema.d.ts')
const sum = (...parts) => parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex')

/** Everything that decides what the types are: the document without its build's version, and this tool with its packages. */
const fingerprint = (document) =>
  sum(
    JSON.stringify({ ...document, info: { ...document.info, version: '' } }),
    readFileSync(beside('package-lock.json')),
    readFileSync(beside('schema.mjs')),
  )

const header = (made, types) => `// Made by "make schema" from the OpenAPI document; not to be edited.
// of ${made}
// is ${sum(types)}
`

/** Whether the committed file was made of this document and is as it was made. */
function isCurrent(made) {
  let text
  try {
    text = readFileSync(target, 'utf8')
  } catch {
    return false
  }
  const types = text.split('\n').slice(3).join('\n')
  return text === header(made, types) + types
}

async function types(document) {
  const { astToString, default: openapi } = await import('openapi-typescript')
  // What has a default may be left out of a request.
  return astToString(await openapi(document, { alphabetize: true, defaultNonNullable: false, silent: true }))
}

function read() {
  try {
    return JSON.parse(readFileSync(0, 'utf8'))
  } catch (cause) {
    console.error(`There is no OpenAPI document on the standard input: ${cause.message}`)
    process.exit(1)
  }
}

const document = read()
const made = fingerprint(document)
if (!process.argv.includes('--check')) {
  const text = await types(document)
  writeFileSync(target, header(made, text) + text)
} else if (!isCurrent(made)) {
  console.error('ui/src/api/schema.d.ts does not fit the API of this build: run "make schema" and commit the file.')
  process.exit(1)
}
