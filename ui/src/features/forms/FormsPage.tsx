import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { formsQuery, type WebForm } from '../../api/forms'
import { MayButton } from '../../components/MayButton'
import listClasses from '../../components/List.module.css'
import { ListFrame } from '../../components/ListFrame'
import { NoneMatch } from '../../components/NoneMatch'
import { Empty, Page } from '../../components/Page'
import { SearchBox } from '../../components/SearchBox'
import { TimeAgo } from '../../components/TimeAgo'
import { forms as words } from '../../lib/text/en/forms'
import classes from './Forms.module.css'
import { OpenBadge } from './OpenBadge'

const NewForm = lazy(() => import('./NewForm').then((m) => ({ default: m.NewForm })))
/** Fewer are seen at a glance. */
const SEARCH_FROM = 8

/** Every form of the workspace. */
export function FormsPage() {
  const { ws } = useParams({ from: '/w/$ws/forms' })
  const list = useInfiniteQuery(formsQuery(ws))
  const [wanted, setWanted] = useState('')
  const [creating, setCreating] = useState(false)
  const needle = wanted.trim().toLocaleLowerCase()
  const total = list.data?.pages.reduce((sum, page) => sum + (page.items?.length ?? 0), 0) ?? 0
  const create = (
    <MayButton ws={ws} needs="forms:write" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      {words.create}
    </MayButton>
  )
  return (
    <Page title={words.title} help={words.help} actions={total > 0 ? create : undefined}>
      {total >= SEARCH_FROM && (
        <div className={listClasses.tools}>
          <SearchBox label={words.search} value={wanted} onChange={setWanted} />
        </div>
      )}
      <ListFrame
        list={list}
        label={words.title}
        keep={needle === '' ? undefined : (form) => form.title.toLocaleLowerCase().includes(needle)}
        empty={
          needle === '' ? (
            <Empty icon={IconForms} title={words.emptyTitle} action={create}>
              <Text c="dimmed">{words.emptyHelp}</Text>
            </Empty>
          ) : (
            <NoneMatch title={words.none} help={words.noneHelp} />
          )
        }
        row={(form) => <Row key={form.id} ws={ws} form={form} />}
      />
      <Suspense>{creating && <NewForm ws={ws} onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}

function Row({ ws, form }: { ws: string; form: WebForm }) {
  return (
    <li className={`${listClasses.row} ${classes.row}`}>
      <div className={classes.cell}>
        <Link to="/w/$ws/forms/$id" params={{ ws, id: form.id }} className={listClasses.name}>
          {form.title}
        </Link>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>
          {words.questions(form.fields.length)}: {form.fields.map((f) => f.label).join(', ')}
        </div>
      </div>
      <div>
        <OpenBadge open={form.open} />
      </div>
      <span className={`${listClasses.dim} ${listClasses.above}`}>
        <TimeAgo at={form.updated_at} />
      </span>
    </li>
  )
}
