// A Hookloom of its own for a test: the built binary on a free port with an
// empty data directory, both gone afterwards.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

// BINARY and UI_DIR put another build to the test.
const BINARY = process.env.BINARY ?? fileURLToPath(new URL('../../bin/hookloom', import.meta.url))
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
  const { PATH, HOME, TMPDIR, UI_DIR = '' } = process.env
  return { PATH, HOME, TMPDIR, UI_DIR, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir }
}

const isReady = (origin) =>
  fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )

/** Runs the binary; resolves once `begun` gives something, and fails with the log when that takes too long. */
async function launch(port, dataDir, settings, begun) {
  const child = spawn(BINARY, ['serve'], { env: { ...environment(port, dataDir), ...settings }, stdio: ['ignore', 'ignore', 'pipe'] })
  const run = { child, log: '', ended: once(child, 'exit') }
  child.stderr.setEncoding('utf8').on('data', (text) => {
    run.log += text
  })
  const limit = Date.now() + START_LIMIT_MS
  for (;;) {
    const found = await begun(run.log)
    if (found) return { ...run, log: () => run.log, found }
    if (child.exitCode !== null || Date.now() > limit) {
      child.kill('SIGKILL')
      throw new Error(`the server did not start:\n${run.log}`)
    }
    await delay(50)
  }
}

/**
 * Starts a server; resolves once it has printed its set-up link.
 * `settings` are more of its environment. stop() ends it with SIGTERM and fails when it does not end well; pause() does
 * too but keeps its data, kill() ends it as a power cut would, and go() starts it again at the same address.
 */
export async function startServer(settings = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookloom-smoke-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let run
  try {
    run = await launch(port, dataDir, settings, (log) => SETUP_LINK.exec(log)?.[0])
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
  let earlier = ''
  const pause = async () => {
    run.child.kill('SIGTERM')
    const [code] = await run.ended
    if (code !== 0) throw new Error(`the server ended with ${code} on SIGTERM:\n${run.log()}`)
  }
  return {
    setUpLink: run.found,
    log: () => earlier + run.log(),
    pause,
    async kill() {
      run.child.kill('SIGKILL')
      await run.ended
    },
    async go() {
      earlier += run.log()
      run = await launch(port, dataDir, settings, () => isReady(origin))
    },
    async stop() {
      try {
        await pause()
      } finally {
        rmSync(dataDir, { recursive: true, force: true })
      }
    },
  }
}
