// Stores the draft by itself, a moment after each change. Whatever goes wrong,
// the draft stays in the page and in a backup until the server has it.
import { ApiError } from '../../../api/http'
import type { Workflow } from '../../../api/workflows'
import type { Definition } from '../../../lib/definition'
import { isDeepEqual } from '../../../lib/document/equal'
import { normal } from '../../../lib/document/normal'
import type { Draft } from '../../../lib/document/op'
import type { EditorStore } from '../store'
import { takeReferences } from './secrets'

const PAUSE_MS = 700
/** Waits between tries; the last one repeats. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]

export interface SaverDeps {
  store: EditorStore
  put: (revision: number, draft: Draft) => Promise<Workflow>
  /** The workflow as the server holds it now. */
  read: () => Promise<Workflow>
  /** Called with every answer of the server. */
  stored: (workflow: Workflow) => void
  keep: (draft: Draft, revision: number) => void
  drop: () => void
  /** Asks the person to sign in again; resolves when somebody has. */
  signIn: () => Promise<void>
  normalize?: (definition: Definition | undefined) => Definition
}

export interface Saver {
  start: () => () => void
  /** Stores at once; resolves when what is shown is stored, rejects with why it is not. */
  flush: () => Promise<void>
  /** Takes notice of what the server holds now, told by a live event. */
  observe: (workflow: Workflow) => void
  /** Ends a conflict: our draft goes over theirs, or theirs takes its place. */
  keepMine: () => void
  takeTheirs: () => void
}

export function newSaver(deps: SaverDeps): Saver {
  const { store } = deps
  const read = deps.normalize ?? ((definition) => normal(definition))
  let stored = store.getState().draft
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let failures = 0
  let stopped = false

  const isDirty = () => store.getState().draft !== stored
  const set = (save: ReturnType<EditorStore['getState']>['save']) => store.setState({ save })

  const later = (ms: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run().catch(() => undefined), ms)
  }

  const run = (): Promise<void> => {
    clearTimeout(timer)
    running ??= attempt().finally(() => {
      running = undefined
    })
    return running
  }

  const attempt = async (): Promise<void> => {
    while (isDirty()) {
      const { draft, revision } = store.getState()
      set({ is: 'saving' })
      try {
        accept(await deps.put(revision, draft), draft)
      } catch (error) {
        await failed(error, draft)
      }
    }
    failures = 0
    set({ is: 'saved' })
    deps.drop()
  }

  const accept = (workflow: Workflow, sent: Draft) => {
    const now = store.getState().draft
    const definition = takeReferences(now.definition, sent.definition, workflow.definition && read(workflow.definition))
    const next = definition === now.definition ? now : { ...now, definition }
    stored = now === sent ? next : sent
    store.setState({ draft: next, revision: workflow.revision })
    deps.stored(workflow)
  }

  /** Returns to try again at once; throws when somebody or something else has to go first. */
  const failed = async (error: unknown, sent: Draft): Promise<void> => {
    const message = error instanceof Error ? error.message : String(error)
    const status = error instanceof ApiError ? error.status : 0
    if (status === 401) {
      set({ is: 'signedOut' })
      await deps.signIn()
      return
    }
    if (status === 412) {
      const theirs = await deps.read().catch((cause: unknown) => retry(cause))
      if (same(theirs, sent)) return accept(theirs, sent) // ours after all: only its answer was lost
      deps.stored(theirs)
      set({ is: 'conflict', theirs })
      throw error
    }
    if (status === 0 || status === 408 || status === 429 || status >= 500) return retry(error)
    set({ is: 'refused', message })
    throw error
  }

  const retry = (error: unknown): never => {
    set({ is: 'failed', message: error instanceof Error ? error.message : String(error) })
    later(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 30_000)
    throw error
  }

  const same = (workflow: Workflow, draft: Draft) =>
    workflow.name === draft.name.trim() && isDeepEqual(read(workflow.definition), read(draft.definition))

  const changed = () => {
    if (!isDirty()) return
    const { save, draft, revision } = store.getState()
    deps.keep(draft, revision)
    if (save.is === 'conflict' || save.is === 'signedOut' || running) return
    if (save.is !== 'failed') set({ is: 'dirty' })
    later(PAUSE_MS)
  }

  const takeTheirs = (workflow: Workflow) => {
    const draft: Draft = { name: workflow.name, definition: read(workflow.definition) }
    stored = draft
    store.getState().adopt(draft)
    store.setState({ revision: workflow.revision, save: { is: 'saved' } })
    deps.drop()
  }

  return {
    start() {
      stopped = false
      const leave = store.subscribe((state, before) => {
        if (state.draft !== before.draft) changed()
      })
      if (isDirty()) changed()
      return () => {
        leave()
        stopped = true
        clearTimeout(timer)
        if (isDirty()) void run().catch(() => undefined)
      }
    },
    flush: () => (isDirty() || running ? run() : Promise.resolve()),
    observe(workflow) {
      const { revision, save, draft } = store.getState()
      if (running || workflow.revision <= revision || save.is === 'conflict' || !workflow.definition) return
      if (same(workflow, draft)) {
        // Only its status changed, as by publishing: what can be undone stays.
        stored = draft
        store.setState({ revision: workflow.revision, save: { is: 'saved' } })
        deps.drop()
      } else if (isDirty()) set({ is: 'conflict', theirs: workflow })
      else takeTheirs(workflow)
    },
    keepMine() {
      const { save } = store.getState()
      if (save.is !== 'conflict') return
      store.setState({ revision: save.theirs.revision, save: { is: 'dirty' } })
      void run().catch(() => undefined)
    },
    takeTheirs() {
      const { save } = store.getState()
      if (save.is === 'conflict') takeTheirs(save.theirs)
    },
  }
}
