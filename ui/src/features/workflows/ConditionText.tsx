import { Fragment } from 'react'
import type { Condition, ConditionGroup, ConditionRule } from '../../lib/definition'
import { text } from '../../lib/text'
import { MappedText } from './MappedText'

const isGroup = (rule: ConditionRule | ConditionGroup): rule is ConditionGroup => 'rules' in rule

/** A condition in words. */
export function ConditionText({ condition }: { condition: Condition }) {
  return typeof condition === 'string' ? <MappedText value={condition} /> : <Group group={condition} />
}

function Group({ group }: { group: ConditionGroup }) {
  const joint = group.match === 'any' ? text.condition.or : text.condition.and
  return (
    <>
      {(group.rules ?? []).map((rule, index) => (
        <Fragment key={index}>
          {index > 0 && ` ${joint} `}
          {isGroup(rule) ? (
            <>
              (<Group group={rule} />)
            </>
          ) : (
            <Rule rule={rule} />
          )}
        </Fragment>
      ))}
    </>
  )
}

function Rule({ rule }: { rule: ConditionRule }) {
  const operator = rule.is ?? 'is'
  return (
    <>
      <Value value={rule.value} /> {text.condition.operators[operator] ?? operator} <Value value={rule.to} />
    </>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? <MappedText value={value} /> : <>{Array.isArray(value) ? value.join(', ') : String(value)}</>
}
