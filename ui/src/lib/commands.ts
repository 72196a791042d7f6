// What the command menu offers. The pages and parts that are open give their
// commands, which are asked for anew each time the menu opens.
import type { Icon } from '@tabler/icons-react'

export interface Command {
  id: string
  label: string
  group: string
  icon?: Icon
  /** The shortcut, as people read it. */
  hint?: string
  /** Other words by which it is found. */
  words?: string
  run: () => void
}

type Source = () => Command[]

const sources = new Set<Source>()

/** Adds commands until the returned function is called. */
export function registerCommands(source: Source): () => void {
  sources.add(source)
  return () => void sources.delete(source)
}

/** Every command that can be given now; those of the newest part come first. */
export const allCommands = (): Command[] => [...sources].reverse().flatMap((source) => source())
