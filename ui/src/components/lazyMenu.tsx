import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react'

interface Opened {
  /** Opens the menu with its first drawing: the click that loaded it meant that. */
  opened: boolean
}

/**
 * A button whose menu is loaded when it is first pressed. Until then `render`
 * draws the button alone, so that no page waits for a menu nobody opens.
 */
export function lazyMenu<Props extends object>(
  load: () => Promise<ComponentType<Props & Opened>>,
  render: (props: Props, press: () => void, prepare: () => void) => ReactNode,
) {
  const Whole = lazy(() => load().then((component) => ({ default: component as ComponentType<object> })))
  return function LazyMenu(props: Props) {
    const [wanted, setWanted] = useState(false)
    const button = render(props, () => setWanted(true), () => void load())
    if (!wanted) return <>{button}</>
    return (
      <Suspense fallback={button}>
        <Whole {...props} opened />
      </Suspense>
    )
  }
}
