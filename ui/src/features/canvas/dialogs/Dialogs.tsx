import { lazy } from 'react'
import { useEditor, useEditorStore } from '../store'

const PublishDialog = lazy(() => import('./PublishDialog').then((m) => ({ default: m.PublishDialog })))
const ResumeDialog = lazy(() => import('./ResumeDialog').then((m) => ({ default: m.ResumeDialog })))
const SettingsDialog = lazy(() => import('./SettingsDialog').then((m) => ({ default: m.SettingsDialog })))
const VersionsDialog = lazy(() => import('./VersionsDialog').then((m) => ({ default: m.VersionsDialog })))
const DiscardDialog = lazy(() => import('./DiscardDialog').then((m) => ({ default: m.DiscardDialog })))
const ShortcutsDialog = lazy(() => import('./ShortcutsDialog').then((m) => ({ default: m.ShortcutsDialog })))
const ReferencesDialog = lazy(() => import('./ReferencesDialog').then((m) => ({ default: m.ReferencesDialog })))
const ConflictDialog = lazy(() => import('./ConflictDialog').then((m) => ({ default: m.ConflictDialog })))

/** The dialog that is open, if any; loaded when it first opens. */
export function Dialogs() {
  const store = useEditorStore()
  const dialog = useEditor((s) => s.dialog)
  const theirs = useEditor((s) => (s.save.is === 'conflict' ? s.save.theirs : undefined))
  const close = () => store.getState().setView({ dialog: undefined })
  if (theirs) return <ConflictDialog theirs={theirs} />
  switch (dialog?.show) {
    case 'publish':
      return <PublishDialog onClose={close} />
    case 'resume':
      return <ResumeDialog onClose={close} />
    case 'settings':
      return <SettingsDialog onClose={close} />
    case 'versions':
      return <VersionsDialog onClose={close} />
    case 'discard':
      return <DiscardDialog onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'references':
      return <ReferencesDialog dialog={dialog} onClose={close} />
    case undefined:
      return null
  }
}
