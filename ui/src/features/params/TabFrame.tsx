import { useEffect, useRef, type ReactNode } from 'react'
import type { TabProps } from '../../lib/document/panel'
import { MappingScope } from '../mapping'
import { FormProvider } from './Form'

/** What every tab of fields stands in. */
export function TabFrame({ props, children }: { props: TabProps; children: ReactNode }) {
  const { ws, workflow, definition, stepId, problems, readOnly, goTo } = props
  const box = useRef<HTMLDivElement>(null)
  const scope = { ws, workflow, definition, stepId }
  useEffect(() => {
    if (!goTo) return
    // What the field is folded into opens in this same turn; look once it is drawn.
    const timer = setTimeout(() => focusField(box.current, goTo.pointer), 60)
    return () => clearTimeout(timer)
  }, [goTo])
  return (
    <MappingScope scope={scope}>
      <FormProvider scope={scope} problems={problems} readOnly={readOnly}>
        <div ref={box}>{children}</div>
      </FormProvider>
    </MappingScope>
  )
}

const INPUTS = 'input:not([type=hidden]), select, textarea, [role=textbox], button'

/** Brings a field into view; of what is within it the nearest that is drawn. */
function focusField(box: HTMLElement | null, pointer: string): void {
  for (let at = pointer; box && at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = box.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"]`)
    if (!field) continue
    field.scrollIntoView({ block: 'center' })
    ;(field.matches(INPUTS) ? field : field.querySelector<HTMLElement>(INPUTS))?.focus()
    return
  }
}
