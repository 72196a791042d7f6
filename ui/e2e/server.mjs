// A Hookloom of its own for a test: the built binary on a free port with an
// empty data directory, both gone afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BINARY = fileURLToPath(new URL('../../bin/hookloom', import.meta.url))
const START_LIMIT_MS = 30_000
const SETUP_LINK = /https?:\/\/\S+\/setup\?token=[^\s"']+/

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

/** What the caller alone decides; nothing of the surrounding shell's settings. */
function environment(port, dataDir) {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir }
}

/**
 * Starts a server; resolves once it has printed its set-up link.
 * stop() ends it with SIGTERM and fails when it does not end well.
 */
export async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookloom-smoke-'))
  const port = await freePort()
  const child = spawn(BINARY, ['serve'], { env: environment(port, dataDir), stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  const ended = once(child, 'exit')
  const setUpLink = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no set-up link after ${START_LIMIT_MS} ms:\n${log}`)), START_LIMIT_MS)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)))
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text
      const link = SETUP_LINK.exec(log)
      if (!link) return
      clearTimeout(timer)
      resolve(link[0])
    })
  }).catch((error) => {
    child.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  })
  return {
    setUpLink,
    log: () => log,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      rmSync(dataDir, { recursive: true, force: true })
      if (code !== 0) throw new Error(`the server ended with ${code} on SIGTERM:\n${log}`)
    },
  }
}
