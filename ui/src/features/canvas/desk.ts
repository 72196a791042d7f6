// What every part of an open editor shares besides its store: which workflow it
// is, what the node types are called, and what the server says about it.
import { createContext, useContext } from 'react'
import type { Problem } from '../../api/http'
import type { NodeType } from '../../api/nodeTypes'
import type { Workflow } from '../../api/workflows'
import type { Saver } from './save/saver'

export interface Desk {
  ws: string
  id: string
  /** All node types by id. */
  types: ReadonlyMap<string, NodeType>
  /** Looks one up; unknown types get plain words. */
  nodeType: (type: string) => NodeType
  saver: Saver
}

const DeskContext = createContext<Desk | undefined>(undefined)
export const DeskProvider = DeskContext.Provider

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('there is no editor around')
  return desk
}

/** What the server said last: it follows the draft by a second. */
export interface Verdict {
  workflow: Workflow
  /** Of each step and trigger by its id; those of the whole workflow under "". */
  problems: ReadonlyMap<string, Problem[]>
  /** How many live runs wait in each step. */
  waiting: ReadonlyMap<string, number>
  /** What a reference to an offer, connection … is called; undefined while unknown. */
  refName: (kind: string, id: string) => string | undefined
}

const VerdictContext = createContext<Verdict | undefined>(undefined)
export const VerdictProvider = VerdictContext.Provider

export function useVerdict(): Verdict {
  const verdict = useContext(VerdictContext)
  if (!verdict) throw new Error('there is no editor around')
  return verdict
}

export const isWarning = (problem: Problem): boolean => problem.severity === 'warning'
