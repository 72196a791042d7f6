import { useEffect, useRef, type ReactNode } from 'react'
import { FIRST_EMPTY, type TabProps } from '../../lib/document/panel'
import { isBlank, MappingScope } from '../mapping'
import { pointerTo } from '../../lib/pointer'
import { effective, fieldsOf, isShown } from './field'
import { FormProvider } from './Form'

/** What every tab of fields stands in. */
export function TabFrame({ props, children }: { props: TabProps; children: ReactNode }) {
  const { ws, workflow, definition, stepId, problems, readOnly, goTo } = props
  const box = useRef<HTMLDivElement>(null)
  const scope = { ws, workflow, definition, stepId }
  const now = useRef(props)
  useEffect(() => {
    now.current = props
  })
  useEffect(() => {
    if (!goTo) return
    if (goTo.pointer === FIRST_EMPTY) {
      focusFirst(box.current, emptyFields(now.current))
      return
    }
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

/** Pointers of the fields that ask for a value, in reading order; a trigger works without those that may stay empty. */
function emptyFields({ nodeType, value, definition, stepId }: TabProps): string[] {
  const params = value.params ?? {}
  const fields = fieldsOf(nodeType)
  const isTrigger = (definition.triggers ?? []).some((t) => t.id === stepId)
  return fields
    .filter((f) => !f.advanced && f.kind !== 'switch' && isShown(f, fields, params) && isBlank(effective(f, params)) && (f.required || !isTrigger))
    .map((f) => pointerTo('/params', f.key))
}

/** Focuses the first of the fields that this tab shows. */
function focusFirst(box: HTMLElement | null, pointers: string[]): void {
  const drawn = pointers.find((at) => box?.querySelector(`[data-field="${CSS.escape(at)}"]`))
  if (drawn !== undefined) focusField(box, drawn, 'nearest')
}

const INPUTS = 'input:not([type=hidden]), select, textarea, [role=textbox], button'

/** Brings a field into view; of what is within it the nearest that is drawn. */
function focusField(box: HTMLElement | null, pointer: string, block: ScrollLogicalPosition = 'center'): void {
  for (let at = pointer; box && at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = box.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"]`)
    if (!field) continue
    field.scrollIntoView({ block })
    ;(field.matches(INPUTS) ? field : field.querySelector<HTMLElement>(INPUTS))?.focus()
    return
  }
}
