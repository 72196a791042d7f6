// Mappings as pills inside of a text editor: how they look, move, are chosen
// and removed. The document is always the template as it is stored.
import { EditorSelection, Prec, RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state'
import { Decoration, EditorView, keymap, WidgetType, type DecorationSet } from '@codemirror/view'
import { mappingWords as words } from '../../lib/text/en/mapping'
import type { PillInfo } from './describe'
import classes from './Pill.module.css'
import { parseTemplate, type Fault } from './template'
import { toneClass } from './tone'

export type Describe = (mapping: string) => PillInfo

/** A pill in the document. */
export interface PillAt {
  from: number
  to: number
  source: string
}

interface Pills {
  list: PillAt[]
  fault?: Fault
  decorations: DecorationSet
  describe: Describe
}

/** What a pill says changed: another sample, a renamed step. */
export const redescribe = StateEffect.define<Describe>()

class PillWidget extends WidgetType {
  constructor(
    readonly pill: PillAt,
    readonly info: PillInfo,
  ) {
    super()
  }

  eq(other: PillWidget): boolean {
    const [a, b] = [this.info, other.info]
    return (
      this.pill.source === other.pill.source && a.source === b.source && a.label === b.label && a.sample === b.sample && a.state === b.state && a.why === b.why && a.type === b.type
    )
  }

  toDOM(): HTMLElement {
    const { source, label, sample, state, why, calls, type } = this.info
    const pill = element('span', `${classes.pill} ${toneClass(type)} ${classes[state] ?? ''}`)
    pill.dataset.pill = ''
    pill.title = [why, this.pill.source.trim()].filter(Boolean).join('\n')
    pill.setAttribute('role', 'img')
    pill.setAttribute('aria-label', spoken(this.info))
    pill.append(element('span', classes.dot))
    if (source) pill.append(element('span', classes.source, source))
    pill.append(element('span', classes.label, label))
    if (calls.length > 0) pill.append(element('span', classes.calls, 'ƒ'))
    if (sample !== undefined) pill.append(element('span', classes.sample, sample))
    return pill
  }

  ignoreEvent(): boolean {
    return false
  }
}

/** Text nodes only: a payload may hold anything. */
function element(tag: string, className: string | undefined, text?: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className ?? ''
  if (text !== undefined) made.textContent = text
  return made
}

/** A pill as it is read out. */
export const spoken = (info: PillInfo): string =>
  [words.pill.of(info.source, info.label, info.sample ?? ''), info.why].filter(Boolean).join('. ')

function read(state: EditorState, describe: Describe): Pills {
  const { parts, fault } = parseTemplate(state.doc.toString())
  const list = parts.filter((p) => p.kind === 'mapping').map(({ from, to, source }) => ({ from, to, source }))
  const ranges: Range<Decoration>[] = list.map((pill) =>
    Decoration.replace({ widget: new PillWidget(pill, describe(pill.source)) }).range(pill.from, pill.to),
  )
  if (fault) ranges.push(Decoration.mark({ class: classes.fault, attributes: { title: words.field.faults[fault.code] } }).range(fault.from, fault.to))
  return { list, fault, decorations: RangeSet.of(ranges, true), describe }
}

const NO_INFO: Describe = (mapping) => ({ source: '', label: mapping.trim(), type: '', state: 'fine', calls: [], lackedBy: [] })

export const pillsField = StateField.define<Pills>({
  create: (state) => read(state, NO_INFO),
  update(pills, tr) {
    const describe = tr.effects.reduce((last, effect) => (effect.is(redescribe) ? effect.value : last), pills.describe)
    return tr.docChanged || describe !== pills.describe ? read(tr.state, describe) : pills
  },
  provide: (field) => [
    EditorView.decorations.from(field, (pills) => pills.decorations),
    EditorView.atomicRanges.of((view) => atoms(view.state.field(field))),
  ],
})

const atom = Decoration.mark({})
const atoms = (pills: Pills) => RangeSet.of(pills.list.map((pill) => atom.range(pill.from, pill.to)))

/** The pill that is selected as a whole. */
export function chosenPill(state: EditorState): PillAt | undefined {
  const { from, to, empty } = state.selection.main
  return empty ? undefined : state.field(pillsField).list.find((pill) => pill.from === from && pill.to === to)
}

const pillStartingAt = (state: EditorState, pos: number) => state.field(pillsField).list.find((pill) => pill.from === pos)
const pillEndingAt = (state: EditorState, pos: number) => state.field(pillsField).list.find((pill) => pill.to === pos)

function choose(view: EditorView, pill: PillAt | undefined): boolean {
  if (!pill) return false
  view.dispatch({ selection: EditorSelection.single(pill.from, pill.to), scrollIntoView: true })
  return true
}

/** Arrow over a pill: it is chosen first, then left on its far side. */
function arrow(view: EditorView, forward: boolean): boolean {
  const { state } = view
  const { head, empty } = state.selection.main
  const chosen = chosenPill(state)
  if (chosen) {
    view.dispatch({ selection: { anchor: forward ? chosen.to : chosen.from }, scrollIntoView: true })
    return true
  }
  return empty && choose(view, forward ? pillStartingAt(state, head) : pillEndingAt(state, head))
}

/** Backspace and Delete choose a pill before they remove it. */
function erase(view: EditorView, forward: boolean): boolean {
  const { head, empty } = view.state.selection.main
  return empty && choose(view, forward ? pillStartingAt(view.state, head) : pillEndingAt(view.state, head))
}

interface Handlers {
  /** Asks for the menu of a pill; the element is what it hangs on. */
  onMenu: (pill: PillAt, at: HTMLElement) => void
  /** A pill was chosen, to be read out. */
  onChoose: (info: PillInfo) => void
}

/** The element of a pill in the page. */
export function pillElement(view: EditorView, pill: PillAt): HTMLElement | undefined {
  for (const element of view.contentDOM.querySelectorAll<HTMLElement>('[data-pill]')) {
    if (view.posAtDOM(element) === pill.from) return element
  }
  return undefined
}

function openMenu(view: EditorView, onMenu: Handlers['onMenu']): boolean {
  const pill = chosenPill(view.state)
  const at = pill && pillElement(view, pill)
  if (!pill || !at) return false
  onMenu(pill, at)
  return true
}

const marked = EditorView.updateListener.of(({ view, selectionSet, docChanged, focusChanged }) => {
  if (!selectionSet && !docChanged && !focusChanged) return
  const chosen = view.hasFocus ? chosenPill(view.state) : undefined
  for (const element of view.contentDOM.querySelectorAll<HTMLElement>('[data-pill]')) {
    element.classList.toggle(classes.chosen ?? '', chosen !== undefined && view.posAtDOM(element) === chosen.from)
  }
})

/** The behaviour of pills. */
export function pills({ onMenu, onChoose }: Handlers): Extension {
  return [
    pillsField,
    marked,
    Prec.highest(
      keymap.of([
        { key: 'ArrowRight', run: (view) => arrow(view, true) },
        { key: 'ArrowLeft', run: (view) => arrow(view, false) },
        { key: 'Backspace', run: (view) => erase(view, false) },
        { key: 'Delete', run: (view) => erase(view, true) },
        { key: 'Enter', run: (view) => openMenu(view, onMenu) },
        { key: 'F2', run: (view) => openMenu(view, onMenu) },
      ]),
    ),
    EditorView.updateListener.of((update) => {
      if (!update.selectionSet) return
      const pill = chosenPill(update.state)
      if (pill) onChoose(update.state.field(pillsField).describe(pill.source))
    }),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-pill]') : null
        if (!element || event.button !== 0) return false
        event.preventDefault()
        const at = view.posAtDOM(element)
        const pill = view.state.field(pillsField).list.find((p) => p.from === at)
        if (!pill) return false
        view.focus()
        choose(view, pill)
        return true
      },
      // Not on mousedown: the same press would count as one beside the menu.
      click(event, view) {
        const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-pill]') : null
        return element !== null && !view.state.readOnly && openMenu(view, onMenu)
      },
    }),
  ]
}
