import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { contactName, contactQuery } from '../../api/contacts'
import type { Sale, SaleKind } from '../../api/sales'
import listClasses from '../../components/List.module.css'
import { TimeAgo } from '../../components/TimeAgo'
import tones from '../../components/Tone.module.css'
import { sales as words } from '../../lib/text/en/sales'
import classes from './Sales.module.css'
import { lineOf, type Titles } from './saleText'

interface Props {
  ws: string
  kind: SaleKind
  sale: Sale
  titles: Titles
  onOpen: (id: string) => void
}

/** One sale of a list: how much, for what, who, and what became of it. */
export function SaleRow({ ws, kind, sale, titles, onOpen }: Props) {
  const line = lineOf(kind, sale, titles)
  return (
    <div className={`${listClasses.row} ${classes.row}`}>
      <UnstyledButton className={`${listClasses.name} ${classes.amount}`} onClick={() => onOpen(sale.id)}>
        {line.amount}
      </UnstyledButton>
      <div className={classes.what}>
        <div className={listClasses.clip}>{line.what}</div>
        <div className={`${listClasses.dim} ${listClasses.clip}`}>{line.how}</div>
      </div>
      <div className={`${classes.who} ${listClasses.clip} ${listClasses.above}`}>
        <ContactLink ws={ws} id={sale.contact_id} />
      </div>
      <div className={classes.state}>
        <span className={`${tones.badge} ${tones[line.tone]}`}>{line.state}</span>
      </div>
      <div className={`${listClasses.dim} ${listClasses.above} ${classes.when}`}>
        <TimeAgo at={sale.created_at} />
      </div>
    </div>
  )
}

/** A contact's name, which leads to the contact. */
export function ContactLink({ ws, id }: { ws: string; id: string }) {
  const { data: contact, isError } = useQuery({ ...contactQuery(ws, id), retry: false })
  if (!contact) return <span className={listClasses.dim}>{isError ? words.erased : '…'}</span>
  return (
    <Link to="/w/$ws/contacts/$id" params={{ ws, id }} className={classes.link}>
      {contactName(contact)}
    </Link>
  )
}
