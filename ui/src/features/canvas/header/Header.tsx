import { ActionIcon, Button, Menu, TextInput, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconDotsVertical, IconFlask, IconHistory, IconRocket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { text } from '../../../lib/text'
import { canvas as words } from '../../../lib/text/en/canvas'
import { labelOf, type Action } from '../actions/action'
import { useActions } from '../actions/context'
import { WORKFLOW, WORKFLOW_MENU } from '../actions'
import { useDesk, useVerdict } from '../desk'
import { useEditor, useEditorStore } from '../store'
import classes from './Header.module.css'
import { LatestRuns } from './LatestRuns'
import { SaveSign } from './SaveSign'
import { Status, useChangeCount } from './Status'

/** The bar above the canvas: what this is, how it stands, and what can be done with it. */
export function Header() {
  const { ws } = useDesk()
  const actions = useActions()
  const button = (action: Action) => ({ onClick: () => void action.run(actions) })
  return (
    <header className={classes.bar}>
      <Tooltip label={text.workflow.back}>
        <ActionIcon
          size={34}
          aria-label={text.workflow.back}
          renderRoot={(props: object) => <Link to="/w/$ws/workflows" params={{ ws }} {...props} />}
        >
          <IconChevronLeft size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Name />
      <Status />
      <SaveSign />
      <div className={classes.end}>
        <Menu position="bottom-end" width={300}>
          <Menu.Target>
            <Button variant="default" leftSection={<IconHistory size={17} aria-hidden />} className={classes.wide}>
              {words.header.runs}
            </Button>
          </Menu.Target>
          <LatestRuns />
        </Menu>
        <Button variant="default" leftSection={<IconFlask size={17} aria-hidden />} className={classes.wide} {...button(WORKFLOW.test)}>
          {words.header.test}
        </Button>
        <PublishButton />
        <MoreMenu />
      </div>
    </header>
  )
}

function PublishButton() {
  const actions = useActions()
  const { workflow } = useVerdict()
  const changes = useChangeCount()
  const readOnly = useEditor((s) => s.readOnly)
  if (readOnly) return null
  // Nothing calls for it while the draft is what is live.
  const calm = workflow.status === 'live' && changes === 0
  return (
    <Button {...(calm ? { variant: 'default' } : { color: 'leaf' })} leftSection={<IconRocket size={17} aria-hidden />} onClick={() => void WORKFLOW.publish.run(actions)}>
      {words.header.publish}
    </Button>
  )
}

/** The name; a click edits it. */
function Name() {
  const store = useEditorStore()
  const name = useEditor((s) => s.draft.name)
  const readOnly = useEditor((s) => s.readOnly)
  const [typed, setTyped] = useState<string>()
  const keep = () => {
    const next = typed?.trim()
    if (next) store.getState().edit({ op: 'name', name: next })
    setTyped(undefined)
  }
  if (typed === undefined) {
    return (
      <h1 className={classes.title}>
        <button type="button" className={classes.name} title={name} disabled={readOnly} onClick={() => setTyped(name)}>
          {name}
        </button>
      </h1>
    )
  }
  return (
    <TextInput
      className={classes.nameInput}
      aria-label={words.header.name}
      value={typed}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
        if (event.key === 'Escape') {
          event.preventDefault()
          setTyped(undefined)
        }
      }}
    />
  )
}

function MoreMenu() {
  const [opened, setOpened] = useState(false)
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon size={36} variant="default" aria-label={words.header.more}>
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{opened && <MoreItems />}</Menu.Dropdown>
    </Menu>
  )
}

function MoreItems() {
  const actions = useActions()
  return WORKFLOW_MENU.map((group) => group.filter((a) => a.when?.(actions) ?? true))
    .filter((group) => group.length > 0)
    .map((group, index) => (
      <div key={group[0]?.id}>
        {index > 0 && <Menu.Divider />}
        {group.map((action) => (
          <Menu.Item
            key={action.id}
            c={action.danger ? 'var(--mantine-color-error)' : undefined}
            leftSection={action.icon && <action.icon size={17} aria-hidden />}
            onClick={() => void action.run(actions)}
          >
            {labelOf(action, actions)}
          </Menu.Item>
        ))}
      </div>
    ))
}
