import { useEffect } from 'react'
import { registerCommands } from '../../lib/commands'
import { canvas } from '../../lib/text/en/canvas'
import { ACTIONS } from './actions'
import { labelOf, type ActionContext } from './actions/action'
import { keyWords } from './actions/keys'

/** Puts the actions of this editor into the command menu while it is open. */
export function useCommandList(context: ActionContext) {
  useEffect(
    () =>
      registerCommands(() =>
        ACTIONS.filter((action) => action.when?.(context) ?? true).map((action) => ({
          id: `canvas.${action.id}`,
          label: labelOf(action, context),
          group: canvas.keys.groups[action.group] ?? '',
          ...(action.icon ? { icon: action.icon } : {}),
          ...(action.keys?.[0] ? { hint: keyWords(action.keys[0]) } : {}),
          run: () => void action.run(context),
        })),
      ),
    [context],
  )
}
