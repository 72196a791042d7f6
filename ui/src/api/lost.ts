// Calls whose answer never came: whether they were done is not known.

/** How long somebody who presses again means the same call; much later the same words may be a new wish. */
const MEANT_MS = 10 * 60_000

const keys = new Map<string, { key: string; until: number }>()

export const lost = {
  /** Keeps the key of a call without an answer. */
  keep: (what: string, key: string) => void keys.set(what, { key, until: Date.now() + MEANT_MS }),
  /** The key of an equal call that is still in doubt. Two at once are two: the second gets none. */
  take: (what: string): string | undefined => {
    const found = keys.get(what)
    keys.delete(what)
    return found && Date.now() < found.until ? found.key : undefined
  },
}
