import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { contactName, type Contact } from '../../api/contacts'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import { contacts as words } from '../../lib/text/en/contacts'
import classes from './Contacts.module.css'

interface Props {
  ws: string
  contact: Contact
  chosen: boolean
  onChoose: (id: string) => void
}

const SHOWN_TAGS = 2

/** One contact of the list. */
export const ContactRow = memo(function ContactRow({ ws, contact, chosen, onChoose }: Props) {
  const name = contactName(contact)
  const tags = contact.tags ?? []
  return (
    <div className={`${listClasses.row} ${classes.row}`}>
      <Checkbox className={listClasses.above} aria-label={words.choose(name)} checked={chosen} onChange={() => onChoose(contact.id)} />
      <div className={`${classes.cell} ${listClasses.clip}`}>
        <Link to="/w/$ws/contacts/$id" params={{ ws, id: contact.id }} className={listClasses.name}>
          {name}
        </Link>
        {contact.company && <span className={listClasses.dim}> · {contact.company}</span>}
      </div>
      <div className={`${classes.cell} ${classes.reach} ${listClasses.dim} ${listClasses.clip}`}>
        {[contact.name ? contact.email : '', contact.phone].filter(Boolean).join(' · ')}
      </div>
      <div className={`${classes.cell} ${classes.tagsCell} ${classes.tags}`}>
        {tags.slice(0, SHOWN_TAGS).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {tags.length > SHOWN_TAGS && (
          <span className={listClasses.dim} title={tags.join(', ')}>
            {words.moreTags(tags.length - SHOWN_TAGS)}
          </span>
        )}
      </div>
      <div className={`${listClasses.dim} ${listClasses.above} ${classes.added}`}>
        <TimeAgo at={contact.created_at} />
      </div>
    </div>
  )
})
