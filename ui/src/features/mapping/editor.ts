// The text editor under a mapping field.
import { history, historyKeymap } from '@codemirror/commands'
import { Annotation, Compartment, EditorState, Transaction, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { lineKeys, oneLineKeys, textKeys } from './keys'

/** Marks changes that come from outside: undo on the canvas, another sample. */
export const external = Annotation.define<boolean>()

const look = EditorView.theme({
  '&': { fontSize: '0.875rem', background: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.6', overflowX: 'hidden' },
  '.cm-content': { padding: '0.3125rem 0', caretColor: 'var(--mantine-color-text)', minHeight: '1.4rem', minWidth: '0' },
  '.cm-line': { padding: '0 0.125rem' },
  '.cm-placeholder': { color: 'var(--mantine-color-placeholder)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
})

/** What may change while an editor lives. */
export const changing = { attributes: new Compartment(), readOnly: new Compartment(), placeholder: new Compartment() }

interface Options {
  value: string
  multiline: boolean
  attributes: Record<string, string>
  readOnly: boolean
  placeholder: string
  onChange: (value: string) => void
  /** What the field adds: pills, the picker's signs. */
  extensions: Extension
}

/** Text typed or pasted into a field of one line stays one line. */
const oneLine = EditorState.transactionFilter.of((tr: Transaction) => {
  if (!tr.docChanged || tr.annotation(external) || tr.newDoc.lines === 1 || tr.startState.doc.lines > 1) return tr
  const flat = tr.newDoc.toString().replace(/\s*\n\s*/g, ' ')
  return { changes: { from: 0, to: tr.startState.doc.length, insert: flat }, selection: { anchor: Math.min(tr.newSelection.main.head, flat.length) }, scrollIntoView: true }
})

export const attributesOf = (attributes: Record<string, string>) => EditorView.contentAttributes.of(attributes)
export const readOnlyOf = (yes: boolean) => [EditorState.readOnly.of(yes), EditorView.editable.of(!yes), EditorView.contentAttributes.of(yes ? { tabindex: '0', 'aria-readonly': 'true' } : {})]

export function newEditor(parent: HTMLElement, options: Options): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: options.value,
      extensions: [
        options.extensions,
        history(),
        keymap.of([...historyKeymap, ...textKeys, ...(options.multiline ? lineKeys : oneLineKeys)]),
        EditorView.lineWrapping,
        options.multiline ? [] : oneLine,
        look,
        changing.attributes.of(attributesOf(options.attributes)),
        changing.readOnly.of(readOnlyOf(options.readOnly)),
        changing.placeholder.of(placeholder(options.placeholder)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((tr) => tr.annotation(external))) options.onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
}

/** Takes over a value from outside; the cursor stays where it can. */
export function takeValue(view: EditorView, value: string): void {
  if (view.state.doc.toString() === value) return
  const head = Math.min(view.state.selection.main.head, value.length)
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value }, selection: { anchor: head }, annotations: [external.of(true), Transaction.addToHistory.of(false)] })
}

/** Puts text in the place of a range, with the cursor behind it. */
export function put(view: EditorView, from: number, to: number, insert: string): void {
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true, userEvent: 'input.complete' })
}
