import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { putDraft, readWorkflow } from '../../api/draft'
import type { Field, NodeType } from '../../api/nodeTypes'
import { meQuery } from '../../api/session'
import { workflowQuery, type Workflow } from '../../api/workflows'
import { mayIn } from '../../components/useMay'
import { isDeepEqual } from '../../lib/document/equal'
import { normal } from '../../lib/document/normal'
import { sessionLost } from '../../lib/sessionLost'
import { text } from '../../lib/text'
import { canvas as words } from '../../lib/text/en/canvas'
import type { Desk } from './desk'
import { dropBackup, keepBackup, readBackup } from './save/backup'
import { newSaver } from './save/saver'
import { newEditor, type EditorStore } from './store'

/** Opens the editor of a workflow once, and keeps it in step with the server. */
export function useSession(ws: string, workflow: Workflow, types: ReadonlyMap<string, NodeType>, say: (message: string) => void) {
  const client = useQueryClient()
  const [session] = useState(() => {
    const normalize = (definition: Workflow['definition']) => normal(definition, (type) => types.get(type)?.lists)
    const secrets = secretsOf(types)
    const store = newEditor({
      draft: { name: workflow.name, definition: normalize(workflow.definition) },
      revision: workflow.revision,
      readOnly: (workflow.status as string) === 'deleted' || !mayIn(client.getQueryData(meQuery.queryKey), ws, 'workflows:write'),
    })
    const saver = newSaver({
      store,
      put: (revision, draft) => putDraft(ws, workflow.id, revision, { ...draft, name: draft.name.trim() || words.header.name }),
      read: () => readWorkflow(ws, workflow.id),
      stored: (answer) => {
        client.setQueryData(workflowQuery(ws, workflow.id).queryKey, answer)
        void client.invalidateQueries({ queryKey: ['ws', ws, 'workflows', 'list'] })
      },
      keep: (draft, revision) => keepBackup(ws, workflow.id, { draft, revision }, secrets),
      drop: () => dropBackup(ws, workflow.id),
      signIn: askToSignIn,
      normalize,
    })
    const restored = !store.getState().readOnly && restore(ws, workflow, store, normalize)
    return { store, saver, restored }
  })
  const { store, saver, restored } = session

  useEffect(() => saver.start(), [saver])
  useEffect(() => saver.observe(workflow), [saver, workflow])
  useEffect(() => {
    if (restored) say(words.save.restored)
  }, [restored, say])
  useAdoptedNotice(store, say)

  const desk = useMemo<Desk>(() => ({ ws, id: workflow.id, types, nodeType: nodeTypeOf(types), saver }), [ws, workflow.id, types, saver])
  return { store, desk }
}

/** Takes up what could not be stored last time; a draft that is newer than that asks. */
function restore(ws: string, workflow: Workflow, store: EditorStore, normalize: (d: Workflow['definition']) => ReturnType<typeof normal>): boolean {
  const kept = readBackup(ws, workflow.id)
  const { draft } = store.getState()
  if (!kept || (kept.draft.name === draft.name && isDeepEqual(kept.draft.definition, draft.definition))) {
    dropBackup(ws, workflow.id)
    return false
  }
  // The saver counts this as a change that is still to be stored.
  queueMicrotask(() => {
    store.getState().edit({ op: 'draft', next: { name: kept.draft.name, definition: normalize(kept.draft.definition) } })
    if (kept.revision !== workflow.revision) store.setState({ save: { is: 'conflict', theirs: workflow } })
  })
  return kept.revision === workflow.revision
}

/** Says so when what somebody else stored takes the place of what was shown. */
function useAdoptedNotice(store: EditorStore, say: (message: string) => void) {
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const adopted = state.draft !== before.draft && state.past.length === 0 && state.future.length === 0
        if (adopted && before.save.is === 'saved') say(words.save.elsewhere)
      }),
    [store, say],
  )
}

/** Opens the sign-in dialog over the page, and waits until somebody has signed in. */
function askToSignIn(): Promise<void> {
  sessionLost.set(true)
  return new Promise((resolve) => {
    const leave = sessionLost.subscribe(() => {
      if (sessionLost.get()) return
      leave()
      resolve()
    })
  })
}

function nodeTypeOf(types: ReadonlyMap<string, NodeType>) {
  return (type: string): NodeType => {
    const label = text.nodeTypes[type]
    const known = types.get(type)
    if (known) return label ? { ...known, name: label } : known
    return { type, kind: '', name: label ?? type, group: '', icon: '', summary: '' }
  }
}

/** Names of the secret fields of each type, members of groups included. */
function secretsOf(types: ReadonlyMap<string, NodeType>): (type: string) => string[] {
  const names = (fields: Field[] | null | undefined): string[] =>
    (fields ?? []).flatMap((f) => (f.kind === 'secret' ? [f.key] : names(f.fields)))
  return (type) => names(types.get(type)?.fields)
}
