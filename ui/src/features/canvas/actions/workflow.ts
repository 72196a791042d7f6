// Actions for the workflow as a whole.
import { IconAdjustments, IconCopy, IconFlask, IconHistory, IconPlayerPause, IconPlayerPlay, IconRestore, IconRocket, IconVersions } from '@tabler/icons-react'
import { duplicateWorkflow } from '../../../api/draft'
import { pause, resume } from '../../../api/workflows'
import { text } from '../../../lib/text'
import { canvas } from '../../../lib/text/en/canvas'
import type { Action, ActionContext } from './action'
import { canEdit, targets } from './target'

const words = canvas.actions

const status = (c: ActionContext) => c.workflow().status
const refresh = (c: ActionContext) => c.client.invalidateQueries({ queryKey: ['ws', c.desk.ws, 'workflows'] })

/** Does something with the server and says how it went. */
async function attempt(c: ActionContext, act: () => Promise<unknown>, done: string): Promise<void> {
  try {
    await act()
    c.say(done)
  } catch (error) {
    c.say(error instanceof Error ? error.message : String(error))
  } finally {
    await refresh(c)
  }
}

export const WORKFLOW = {
  publish: {
    id: 'publish',
    label: words.publish,
    group: 'workflow',
    icon: IconRocket,
    keys: ['shift+p'],
    onCanvas: true,
    when: (c) => canEdit(c),
    run: (c) => c.store.getState().setView({ dialog: { show: 'publish' } }),
  },
  test: {
    id: 'test',
    label: (c) => (targets(c).steps.length === 1 ? words.testStep : words.test),
    group: 'workflow',
    icon: IconFlask,
    keys: ['mod+Enter'],
    when: canEdit,
    run: (c) => {
      const { steps, triggers } = targets(c)
      const { draft, runTest } = c.store.getState()
      const id = steps[0]?.id ?? triggers[0]?.id ?? draft.definition.triggers?.[0]?.id
      if (id === undefined) return
      runTest(id)
      c.flow.reveal(id)
    },
  },
  pause: {
    id: 'pause',
    label: words.pause,
    group: 'workflow',
    icon: IconPlayerPause,
    when: (c) => status(c) === 'live',
    run: (c) => attempt(c, () => pause(c.desk.ws, c.desk.id), text.workflow.pausedNow),
  },
  resume: {
    id: 'resume',
    label: words.resume,
    group: 'workflow',
    icon: IconPlayerPlay,
    when: (c) => status(c) === 'paused',
    run: (c) => {
      if (c.workflow().held_count > 0) return c.store.getState().setView({ dialog: { show: 'resume' } })
      return attempt(c, () => resume(c.desk.ws, c.desk.id), text.workflow.resumedNow)
    },
  },
  settings: {
    id: 'settings',
    label: words.settings,
    group: 'workflow',
    icon: IconAdjustments,
    run: (c) => c.store.getState().setView({ dialog: { show: 'settings' } }),
  },
  versions: {
    id: 'versions',
    label: words.versions,
    group: 'workflow',
    icon: IconVersions,
    run: (c) => c.store.getState().setView({ dialog: { show: 'versions' } }),
  },
  runs: { id: 'runs', label: canvas.run.all, group: 'workflow', icon: IconHistory, run: (c) => c.open('runs') },
  duplicate: {
    id: 'duplicateWorkflow',
    label: words.duplicateWorkflow,
    group: 'workflow',
    icon: IconCopy,
    run: async (c) => {
      try {
        await c.desk.saver.flush()
        const copy = await duplicateWorkflow(c.desk.ws, c.desk.id)
        await refresh(c)
        c.open({ workflow: copy.id })
      } catch (error) {
        c.say(error instanceof Error ? error.message : String(error))
      }
    },
  },
  discard: {
    id: 'discard',
    label: words.discard,
    group: 'workflow',
    icon: IconRestore,
    danger: true,
    when: (c) => canEdit(c) && (c.workflow().live_version ?? 0) > 0 && c.workflow().has_changes,
    run: (c) => c.store.getState().setView({ dialog: { show: 'discard' } }),
  },
} satisfies Record<string, Action>
