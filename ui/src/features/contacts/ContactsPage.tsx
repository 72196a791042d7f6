import { Button, Checkbox, Group, Text } from '@mantine/core'
import { IconAddressBook, IconDots, IconPlayerPlay, IconPlus, IconUpload } from '@tabler/icons-react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import { contactsKey, listContacts, type Contact } from '../../api/contacts'
import { MayButton } from '../../components/MayButton'
import { FeedFrame } from '../../components/FeedFrame'
import listClasses from '../../components/List.module.css'
import { lazyMenu } from '../../components/lazyMenu'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { contacts as words } from '../../lib/text/en/contacts'
import { useFeed } from '../../lib/useFeed'
import { ContactRow } from './ContactRow'
import type { MoreProps } from './MoreMenu'
import classes from './Contacts.module.css'

const ContactDialog = lazy(() => import('./ContactDialog').then((m) => ({ default: m.ContactDialog })))
const FieldsDialog = lazy(() => import('./FieldsDialog').then((m) => ({ default: m.FieldsDialog })))
const AddToWorkflow = lazy(() => import('./AddToWorkflow').then((m) => ({ default: m.AddToWorkflow })))

// The list comes first: what narrows it is loaded behind it.
const Filters = lazy(() => import('./ContactFilters').then((m) => ({ default: m.ContactFilters })))

const More = lazyMenu<MoreProps>(
  () => import('./MoreMenu').then((m) => m.MoreMenu),
  (_props, press, prepare) => (
    <Button variant="default" aria-label={words.moreActions} aria-haspopup="menu" px="sm" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <IconDots size={18} aria-hidden />
    </Button>
  ),
)

type Opened = 'create' | 'fields' | 'add'

/** Everybody the workspace knows. */
export function ContactsPage() {
  const { ws } = useParams({ from: '/w/$ws/contacts' })
  const filter = useSearch({ from: '/w/$ws/contacts' })
  const feed = useFeed<Contact>({
    queryKey: contactsKey(ws, filter),
    load: (cursor, signal) => listContacts(ws, filter, cursor, signal),
    kind: 'contact',
  })
  const [opened, setOpened] = useState<Opened>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const toggle = useCallback((id: string) => {
    setAll(false)
    setChosen((was) => {
      const next = new Set(was)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const filtered = Boolean(filter.q || filter.tag)
  const shownAll = feed.items.length > 0 && (all || feed.items.every((c) => chosen.has(c.id)))
  const none = () => {
    setAll(false)
    setChosen(new Set())
  }
  const close = () => setOpened(undefined)
  return (
    <Page
      title={words.title}
      help={words.help}
      actions={
        <>
          <More ws={ws} filter={filter} onFields={() => setOpened('fields')} />
          <Button variant="default" leftSection={<IconUpload size={17} aria-hidden />} renderRoot={(props) => <Link to="/w/$ws/contacts/import" params={{ ws }} {...props} />}>
            {words.import}
          </Button>
          <MayButton ws={ws} needs="contacts:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setOpened('create')}>
            {words.create}
          </MayButton>
        </>
      }
    >
      {(feed.items.length > 0 || filtered) && (
        <Suspense fallback={<div className={listClasses.toolsWait} />}>
          <Filters ws={ws} filter={filter} />
        </Suspense>
      )}
      <FeedFrame
        feed={feed}
        label={words.title}
        heights={[60, 104]}
        empty={filtered ? <NoneMatch title={words.none} help={words.noneHelp} clear={{ to: '/w/$ws/contacts', params: { ws } }} /> : <Nobody ws={ws} onCreate={() => setOpened('create')} />}
        head={
          <div className={classes.head}>
            <Checkbox
              aria-label={words.chooseAll}
              checked={shownAll}
              indeterminate={!shownAll && chosen.size > 0}
              onChange={() => (shownAll ? none() : setChosen(new Set(feed.items.map((c) => c.id))))}
            />
            <span aria-hidden>{words.head.name}</span>
            <span aria-hidden>{words.head.reach}</span>
            <span aria-hidden>{words.head.tags}</span>
            <span aria-hidden>{words.head.when}</span>
          </div>
        }
        row={(contact) => <ContactRow ws={ws} contact={contact} chosen={all || chosen.has(contact.id)} onChoose={toggle} />}
      />
      {chosen.size > 0 && (
        <div className={listClasses.bar} role="region" aria-label={words.chosen(chosen.size)}>
          <Text size="sm" fw={600} role="status">
            {all ? words.chosenAll : words.chosen(chosen.size)}
          </Text>
          {!all && shownAll && feed.list.hasNextPage && (
            <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
              {words.allThatMatch}
            </Button>
          )}
          <Group gap="xs" ml="auto">
            <Button size="xs" leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={() => setOpened('add')}>
              {words.addToWorkflow}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={none}>
              {words.unchoose}
            </Button>
          </Group>
        </div>
      )}
      <Suspense>
        {opened === 'create' && <ContactDialog ws={ws} onClose={close} />}
        {opened === 'fields' && <FieldsDialog ws={ws} onClose={close} />}
        {opened === 'add' && <AddToWorkflow ws={ws} ids={all ? undefined : Array.from(chosen)} filter={filter} onClose={close} />}
      </Suspense>
    </Page>
  )
}

function Nobody({ ws, onCreate }: { ws: string; onCreate: () => void }) {
  return (
    <Empty
      icon={IconAddressBook}
      title={words.emptyTitle}
      action={
        <>
          <Button onClick={onCreate}>{words.create}</Button>
          <Button variant="default" renderRoot={(props) => <Link to="/w/$ws/contacts/import" params={{ ws }} {...props} />}>
            {words.import}
          </Button>
        </>
      }
    >
      <Text c="dimmed">{words.emptyHelp}</Text>
    </Empty>
  )
}
