import type { RefObject } from 'react'
import { canvas as words } from '../../../lib/text/en/canvas'
import { useEditorStore } from '../store'
import classes from './List.module.css'
import { WorkflowList } from './Steps'

/** The workflow on a narrow screen: an indented list in which everything can be done. */
export function StepList({ region }: { region: RefObject<HTMLDivElement | null> }) {
  const store = useEditorStore()
  return (
    <section ref={region} className={classes.page} aria-label={words.region} tabIndex={-1}>
      <WorkflowList roomy onPick={(id) => store.getState().select(id)} />
    </section>
  )
}
