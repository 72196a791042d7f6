import { IconChevronRight } from '@tabler/icons-react'
import { mappingWords as words } from '../../lib/text/en/mapping'
import { printPath } from './expression'
import classes from './Picker.module.css'
import type { Row } from './rows'
import { toneClass } from './tone'
import { asText, glance } from './value'

interface Props {
  id: string
  row: Row
  active: boolean
  /** In search results the source stands beside each row. */
  searching: boolean
  onUse: () => void
}

/** One row of the picker; all that comes from payloads is text. */
export function PickerRow({ id, row, active, searching, onUse }: Props) {
  const title = row.fn ? `${row.fn.example}\n= ${asText(row.fn.result)}` : row.path && printPath(row.path)
  return (
    // The search field keeps the focus and moves through the rows (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.level}
      aria-expanded={searching ? undefined : row.open}
      aria-selected={active}
      data-active={active || undefined}
      className={`${classes.row} ${row.level === 1 && !searching ? classes.source : ''}`}
      style={{ paddingLeft: `${0.375 + (row.level - 1) * 0.875}rem` }}
      title={title}
      onMouseDown={(e) => e.preventDefault()}
      onClick={onUse}
    >
      {row.open === undefined || searching ? (
        !searching && <span className={classes.blank} />
      ) : (
        <IconChevronRight className={`${classes.chevron} ${row.open ? classes.open : ''}`} aria-hidden />
      )}
      {row.source && (row.kind === 'source' || searching) && <span className={`${classes.mark} ${toneClass(row.source.type)}`} />}
      <span className={classes.label}>{row.label}</span>
      {searching && row.source && <span className={classes.from}>{row.source.title}</span>}
      {row.kind === 'source' && row.source?.origin === 'example' && <span className={classes.tag}>{words.picker.example}</span>}
      {row.kind === 'source' && row.source?.uncertain && <span className={classes.tag}>{words.picker.uncertain}</span>}
      {(row.kind === 'value' || row.kind === 'whole') && row.source && <span className={classes.value}>{glance(row.value, 60)}</span>}
      {row.fn && <span className={classes.from}>{row.fn.summary}</span>}
    </div>
  )
}
