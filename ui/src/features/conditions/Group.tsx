import { Button, NativeSelect } from '@mantine/core'
import { IconFolderPlus, IconPlus, IconTrash } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { Problem } from '../../api/http'
import type { ConditionGroup } from '../../lib/definition'
import { conditionWords as words } from '../../lib/text/en/conditions'
import type { RulePreview } from '../mapping'
import classes from './ConditionEditor.module.css'
import { Rule } from './Rule'
import { isGroup, newGroup, newRule, withEntry } from './rule'
import { Verdict } from './Verdict'

interface Props {
  group: ConditionGroup
  /** Within the condition; "" for the outermost. */
  pointer: string
  results?: RulePreview[]
  problems: Problem[]
  onChange: (group: ConditionGroup, label?: string) => void
  onRemove?: () => void
  readOnly: boolean
  met?: boolean | null
}

/** Groups in groups beyond this confuse more than they say. */
const DEEPEST = 3

/** Rows joined by AND or OR, with groups inside. */
export function Group({ group, pointer, results, problems, onChange, onRemove, readOnly, met }: Props) {
  const rules = group.rules ?? []
  const inner = pointer !== ''
  const depth = pointer.split('/rules/').length
  const joint = group.match === 'any' ? words.or : words.and
  const add = (entry: ReturnType<typeof newRule> | ReturnType<typeof newGroup>) => onChange({ ...group, match: group.match ?? 'all', rules: [...rules, entry] })
  return (
    <div className={`${classes.group} ${inner ? classes.inner : ''}`}>
      {(rules.length > 1 || inner) && (
        <div className={classes.foot}>
          <NativeSelect
            size="xs"
            aria-label={words.matchOf(inner ? words.group : words.match)}
            value={group.match ?? 'all'}
            disabled={readOnly}
            onChange={(e) => onChange({ ...group, match: e.currentTarget.value as 'all' | 'any' })}
            data={[
              { value: 'all', label: `${words.match} ${words.all}` },
              { value: 'any', label: `${words.match} ${words.any}` },
            ]}
          />
          {inner && <Verdict met={met} />}
          {inner && !readOnly && (
            <Button size="compact-xs" variant="subtle" color="gray" c="dimmed" leftSection={<IconTrash size={13} aria-hidden />} onClick={onRemove}>
              {words.removeGroup}
            </Button>
          )}
        </div>
      )}
      {rules.map((entry, index) => {
        const at = `${pointer}/rules/${index}`
        const result = results?.find((r) => r.pointer === at)
        const change = (next: Parameters<typeof withEntry>[2], label?: string) => onChange(withEntry(group, index, next), label)
        return (
          <Fragment key={index}>
            {index > 0 && <span className={classes.joint}>{joint}</span>}
            {isGroup(entry) ? (
              <Group group={entry} pointer={at} results={result?.rules} met={result?.met} problems={problems} onChange={(next, label) => change((next.rules ?? []).length === 0 ? null : next, label)} onRemove={() => change(null)} readOnly={readOnly} />
            ) : (
              <Rule rule={entry} number={index + 1} pointer={at} result={result} problems={problems} onChange={change} onRemove={() => change(null)} readOnly={readOnly} />
            )}
          </Fragment>
        )
      })}
      {!readOnly && (
        <div className={classes.foot}>
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(newRule())}>
            {words.addRule}
          </Button>
          {depth < DEEPEST && (
            <Button size="compact-sm" variant="subtle" leftSection={<IconFolderPlus size={14} aria-hidden />} onClick={() => add(newGroup())}>
              {words.addGroup}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
