import { UnstyledButton } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { memo, useMemo, useState } from 'react'
import { ExactNumber, printJson } from '../lib/json'
import { common } from '../lib/text/en/common'
import { text } from '../lib/text'
import { memberPath } from '../lib/treePath'
import { useAnnounce } from './Announcer'
import { CopyButton } from './CopyButton'
import classes from './JsonTree.module.css'

const words = common.tree

/** Members drawn at once; the rest follows on request, so a megabyte opens at once. */
const BATCH = 50
/** Characters of a text drawn at once. */
const CLIP = 400
/** Characters of JSON drawn at once. */
const SHOWN = 20_000
/** A branch with more members than this begins folded. */
const UNFOLDED = 20

interface Props {
  value: unknown
  label: string
  /** What stands before every path that is copied, such as "trigger.body". */
  base?: string
}

/** A value to look into: folds, copies paths, keeps numbers as they came. Text only. */
export function JsonTree({ value, label, base = '' }: Props) {
  const [asText, setAsText] = useState(false)
  const [whole, setWhole] = useState(false)
  // A caller that only looks at the tree does not pay for printing it.
  const printed = useMemo(() => (asText ? printJson(value) : ''), [asText, value])
  return (
    <div className={classes.box}>
      <div className={classes.tools} role="group" aria-label={words.view}>
        <UnstyledButton className={classes.mode} aria-pressed={!asText} onClick={() => setAsText(false)}>
          {words.asTree}
        </UnstyledButton>
        <UnstyledButton className={classes.mode} aria-pressed={asText} onClick={() => setAsText(true)}>
          {words.asText}
        </UnstyledButton>
        <CopyButton value={() => printJson(value)} label={`${text.run.copyJson}: ${label}`} />
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
        {asText ? (
          <>
            <pre className={classes.text}>{whole ? printed : printed.slice(0, SHOWN)}</pre>
            {!whole && printed.length > SHOWN && (
              <UnstyledButton className={classes.more} onClick={() => setWhole(true)}>
                {words.all(printed.length)}
              </UnstyledButton>
            )}
          </>
        ) : (
          <Tree value={value} base={base} />
        )}
      </div>
    </div>
  )
}

function Tree({ value, base }: { value: unknown; base: string }) {
  const members = membersOf(value)
  return (
    <ul className={classes.tree}>
      {members ? (
        <Members members={members} base={base} depth={0} />
      ) : (
        <li>
          <Leaf value={value} />
        </li>
      )}
    </ul>
  )
}

type Member = [key: string | number, value: unknown]

/** The members of a list or an object; undefined for a plain value. */
function membersOf(value: unknown): Member[] | undefined {
  if (Array.isArray(value)) return value.map((v, i): Member => [i, v])
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) return undefined
  return Object.entries(value)
}

function Members({ members, base, depth }: { members: Member[]; base: string; depth: number }) {
  const [shown, setShown] = useState(BATCH)
  return (
    <>
      {members.slice(0, shown).map(([key, value]) => (
        <Node key={key} name={key} value={value} path={memberPath(base, key)} depth={depth} />
      ))}
      {members.length > shown && (
        <li>
          <UnstyledButton className={classes.more} onClick={() => setShown(shown + BATCH * 10)}>
            {words.more(members.length - shown)}
          </UnstyledButton>
        </li>
      )}
    </>
  )
}

interface NodeProps {
  name: string | number
  value: unknown
  path: string
  depth: number
}

const Node = memo(function Node({ name, value, path, depth }: NodeProps) {
  const members = membersOf(value)
  const [open, setOpen] = useState(() => depth < 3 && (members?.length ?? 0) <= UNFOLDED)
  const branch = members && members.length > 0
  return (
    <li>
      <div className={classes.line}>
        {branch ? (
          <UnstyledButton
            className={classes.fold}
            aria-expanded={open}
            aria-label={open ? words.shut(String(name)) : words.open(String(name))}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={13} aria-hidden />
          </UnstyledButton>
        ) : (
          <span className={classes.space} />
        )}
        <Key name={name} path={path} />
        <span className={classes.colon}>:</span>
        {branch ? <Summary value={value} count={members.length} /> : <Leaf value={value} />}
      </div>
      {branch && open && (
        <ul>
          <Members members={members} base={path} depth={depth + 1} />
        </ul>
      )}
    </li>
  )
})

/** The name of a member; pressing it copies its path. */
function Key({ name, path }: { name: string | number; path: string }) {
  const clipboard = useClipboard({ timeout: 1200 })
  const announce = useAnnounce()
  return (
    <UnstyledButton
      className={classes.key}
      title={words.copyPath(path)}
      onClick={() => {
        clipboard.copy(path)
        announce(words.pathCopied(path))
      }}
    >
      {String(name) === '' ? '""' : name}
      {clipboard.copied && <IconCheck size={13} aria-hidden />}
    </UnstyledButton>
  )
}

function Summary({ value, count }: { value: unknown; count: number }) {
  return <span className={classes.dim}>{Array.isArray(value) ? words.items(count) : words.keys(count)}</span>
}

function Leaf({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false)
  if (typeof value === 'string') {
    if (value === '') return <span className={classes.dim}>{words.emptyText}</span>
    const cut = !whole && value.length > CLIP
    return (
      <span className={classes.value}>
        {cut ? `${value.slice(0, CLIP)}…` : value}
        {cut && (
          <UnstyledButton className={classes.more} onClick={() => setWhole(true)}>
            {words.all(value.length)}
          </UnstyledButton>
        )}
      </span>
    )
  }
  if (value instanceof ExactNumber || typeof value === 'number') {
    return <span className={`${classes.value} ${classes.number}`}>{String(value)}</span>
  }
  if (typeof value === 'boolean') return <span className={classes.bool}>{String(value)}</span>
  if (Array.isArray(value)) return <span className={classes.dim}>[ ]</span>
  if (value !== null && typeof value === 'object') return <span className={classes.dim}>{'{ }'}</span>
  return <span className={classes.dim}>{value === undefined ? common.none : 'null'}</span>
}
