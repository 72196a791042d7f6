// The stock build has no node with every kind of field; this one has.
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Builds it and returns its file, in a folder of its own. */
export function buildForms() {
  const binary = join(mkdtempSync(join(tmpdir(), 'hookloom-forms-')), 'hookloom')
  execFileSync('go', ['build', '-o', binary, './test/forms'], { cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { ...process.env, CGO_ENABLED: '0' } })
  return binary
}

/** The folder that buildForms made. */
export const folderOf = (binary) => dirname(binary)
