import { Button, Menu, TextInput } from '@mantine/core'
import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useEffect, useRef, useState } from 'react'
import { expect, it } from 'vitest'
import { show } from '../lib/render'
import { lazyMenu } from './lazyMenu'
import { Modal } from './Modal'
import { useOpened } from './useOpened'

const at = () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label') || document.activeElement?.tagName
const keys = (typed: string) => userEvent.keyboard(typed)

function Dialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  return (
    <Modal opened onClose={onClose} title="Names" changed={typed !== ''}>
      <TextInput data-autofocus label="Name" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} />
      <Button onClick={onClose}>Save</Button>
    </Modal>
  )
}

function Mounted() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      {open && <Dialog onClose={() => setOpen(false)} />}
    </>
  )
}

function Toggled() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Names">
        <Button onClick={() => setOpen(false)}>Save</Button>
      </Modal>
    </>
  )
}

const open = async () => {
  await act(async () => screen.getByRole('button', { name: 'Open' }).focus())
  await keys('{Enter}')
  await screen.findByRole('dialog')
  await waitFor(() => expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull())
}

it.each([
  ['is removed while it is open', <Mounted key="a" />],
  ['closes', <Toggled key="b" />],
])('gives the keyboard back when it %s', async (_how, page) => {
  await show(page)
  for (const leave of ['{Escape}', 'save']) {
    await open()
    if (leave === 'save') await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    else await keys(leave)
    await waitFor(() => expect(at()).toBe('Open'))
  }
})

it('leaves the keyboard where somebody put it on purpose', async () => {
  function Page() {
    const [open, setOpen] = useState(false)
    const [next, setNext] = useState(false)
    const card = useRef<HTMLButtonElement>(null)
    useEffect(() => {
      if (next) card.current?.focus()
    }, [next])
    return (
      <>
        <Button onClick={() => setOpen(true)}>Open</Button>
        <Button ref={card}>Card</Button>
        {open && (
          <Modal opened onClose={() => setOpen(false)} title="Steps">
            <Button
              onClick={() => {
                setOpen(false)
                setNext(true)
              }}
            >
              Add
            </Button>
          </Modal>
        )}
      </>
    )
  }
  await show(<Page />)
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(at()).toBe('Card')
})

it('gives the keyboard to what lies around the opener when that went with it', async () => {
  function Page() {
    const [state, setState] = useState('closed')
    return (
      <section tabIndex={-1} aria-label="Panel">
        {state !== 'done' && <Button onClick={() => setState('open')}>Open</Button>}
        {state === 'open' && <Dialog onClose={() => setState('done')} />}
      </section>
    )
  }
  await show(<Page />)
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Panel'))
})

it('asks before something typed is thrown away', async () => {
  await show(<Mounted />)
  await open()
  await keys('Ada{Escape}')
  await screen.findByRole('dialog', { name: 'Close without saving?' })
  await userEvent.click(screen.getByRole('button', { name: 'Keep editing' }))
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Close without saving?' })).toBeNull())
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Ada')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
  await keys('{Escape}')
  await userEvent.click(await screen.findByRole('button', { name: 'Throw it away' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(at()).toBe('Open'))
})

it('keeps Escape to itself', async () => {
  const heard: boolean[] = []
  const listen = (event: KeyboardEvent) => heard.push(event.defaultPrevented)
  window.addEventListener('keydown', listen)
  await show(<Mounted />)
  await open()
  heard.length = 0
  await keys('{Escape}')
  window.removeEventListener('keydown', listen)
  expect(heard).toEqual([true])
})

it('gives the keyboard back to the button of a menu that was loaded by pressing it', async () => {
  const Loaded = ({ opened }: { opened: boolean }) => {
    const { target, menu } = useOpened(opened)
    const [asking, setAsking] = useState(false)
    return (
      <>
        <Menu {...menu}>
          <Menu.Target>
            <Button ref={target}>More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsking(true)}>Rename</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {asking && <Dialog onClose={() => setAsking(false)} />}
      </>
    )
  }
  const More = lazyMenu<object>(
    () => Promise.resolve(Loaded),
    (_props, press) => <Button onClick={press}>More</Button>,
  )
  await show(<More />)
  await act(async () => screen.getByRole('button', { name: 'More' }).focus())
  for (const leave of ['{Escape}', '{Enter}']) {
    await keys('{Enter}')
    await screen.findByRole('menuitem', { name: 'Rename' })
    await waitFor(() => expect(document.activeElement?.closest('[role=menu]')).not.toBeNull())
    await keys(leave)
    if (leave === '{Enter}') {
      await screen.findByRole('dialog')
      await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'))
      await keys('{Escape}')
    }
    await waitFor(() => expect(at()).toBe('More'))
  }
})

it('closes only the uppermost of two dialogs while nothing has the keyboard', async () => {
  function Page() {
    const [inner, setInner] = useState(false)
    const [outer, setOuter] = useState(true)
    return (
      <>
        {outer && (
          <Modal opened onClose={() => setOuter(false)} title="Outer">
            <Button onClick={() => setInner(true)}>Open</Button>
            {inner && <Dialog onClose={() => setInner(false)} />}
          </Modal>
        )}
      </>
    )
  }
  await show(<Page />)
  await userEvent.click(await screen.findByRole('button', { name: 'Open' }))
  await screen.findByRole('dialog', { name: 'Names' })
  const escape = () =>
    act(async () => {
      ;(document.activeElement as HTMLElement).blur()
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
    })
  await escape()
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Names' })).toBeNull())
  screen.getByRole('dialog', { name: 'Outer' })
  await escape()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('is the only dialog of the app', () => {
  const sources = import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true })
  const others = Object.entries(sources)
    .filter(([file]) => file !== './Modal.tsx' && file !== './Drawer.tsx')
    .filter(([, source]) => /import \{[^}]*\b(Modal|Drawer)\b[^}]*\} from '@mantine\/core'/.test(source))
    .map(([file]) => file)
  expect(others, "take Modal and Drawer from src/components: the library's do not give the keyboard back").toEqual([])
})
