import { useLayoutEffect, useState } from 'react'

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]'

/**
 * Where the keyboard can go back to, the best place first: what had it, the
 * button whose menu that was in, what lies around it, and the page.
 */
function placesNow(): HTMLElement[] {
  const had = document.activeElement
  const menu = had?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const button = menu ? document.getElementById(menu) : null
  const places: (Element | null | undefined)[] = [had === document.body ? null : had, button]
  for (let around = had?.parentElement?.closest(FOCUSABLE); around; around = around.parentElement?.closest(FOCUSABLE)) places.push(around)
  places.push(document.getElementById('main'))
  return places.filter((place) => place instanceof HTMLElement)
}

/** Whether nobody has given the keyboard a place of its own: it is in what goes away, or nowhere. */
function isLost(): boolean {
  const at = document.activeElement
  return !at || at === document.body || at.closest('[role=dialog]') !== null
}

/** Gives the keyboard to the first place that takes it: one that is gone or hidden does not. */
function giveBack(places: HTMLElement[]): void {
  for (const place of places) {
    if (!place.isConnected) continue
    place.focus({ preventScroll: true })
    if (document.activeElement === place) return keepInView(place)
  }
}

/** How long in milliseconds a page may take to lay out anew what a dialog has changed. */
const SETTLE = 2_000

/**
 * Keeps what was given the keyboard in view while the page grows around it, as when
 * a sample shows above the button that brought it, until somebody does anything.
 */
function keepInView(place: HTMLElement): void {
  const view = place.ownerDocument.defaultView
  if (!view) return
  const end = performance.now() + SETTLE
  const acts = new AbortController()
  for (const act of ['keydown', 'pointerdown', 'wheel', 'touchstart']) {
    view.addEventListener(act, () => acts.abort(), { capture: true, passive: true, signal: acts.signal })
  }
  const look = () => {
    if (acts.signal.aborted) return
    if (!place.isConnected || place.ownerDocument.activeElement !== place || performance.now() > end) return acts.abort()
    place.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
    view.requestAnimationFrame(look)
  }
  view.requestAnimationFrame(look)
}

/**
 * Remembers what has the keyboard when something opens over the page, and gives
 * the keyboard back when that closes, or is removed while it is open. What has
 * been given the keyboard on purpose meanwhile keeps it.
 */
export function useGiveBack(opened: boolean): void {
  // Asked while it is drawn: once it is there, the menu it was chosen from may be gone.
  const [back, setBack] = useState<{ opened: boolean; places: HTMLElement[] }>({ opened: false, places: [] })
  if (opened !== back.opened) setBack({ opened, places: opened ? placesNow() : back.places })
  const { places } = back
  useLayoutEffect(() => {
    if (!opened) return
    return () => {
      if (!isLost()) return
      giveBack(places)
      // What opened it may go with it.
      queueMicrotask(() => {
        if (document.activeElement === document.body) giveBack(places)
      })
    }
  }, [opened, places])
}
