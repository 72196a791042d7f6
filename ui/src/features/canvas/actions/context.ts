import { createContext, useContext } from 'react'
import type { ActionContext } from './action'

const Context = createContext<ActionContext | undefined>(undefined)
export const ActionProvider = Context.Provider

export function useActions(): ActionContext {
  const context = useContext(Context)
  if (!context) throw new Error('there is no editor around')
  return context
}
