import { ActionIcon, NativeSelect, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Problem } from '../../api/http'
import type { ConditionRule } from '../../lib/definition'
import { conditionWords as words } from '../../lib/text/en/conditions'
import { asText, glance, PillField, type RulePreview } from '../mapping'
import classes from './ConditionEditor.module.css'
import { ContactThing } from './ContactThing'
import { comparisonOf, comparisons, withComparison } from './rule'
import { Verdict } from './Verdict'

interface Props {
  rule: ConditionRule
  number: number
  pointer: string
  result?: RulePreview
  problems: Problem[]
  onChange: (rule: ConditionRule, label?: string) => void
  onRemove: () => void
  readOnly: boolean
}

const PLACEHOLDERS: Record<string, string> = {
  before: words.datePlaceholder,
  after: words.datePlaceholder,
  more_than: words.numberPlaceholder,
  at_least: words.numberPlaceholder,
  less_than: words.numberPlaceholder,
  at_most: words.numberPlaceholder,
}

/** A list of choices is written with commas, as the server reads it. */
const toText = (to: unknown): string => (Array.isArray(to) ? to.map(asText).join(', ') : asText(to))

/** One row: a value, a comparison, what it is compared with, and how that turns out. */
export function Rule({ rule, number, pointer, result, problems, onChange, onRemove, readOnly }: Props) {
  const comparison = comparisonOf(rule.is)
  const own = problems.filter((p) => p.pointer === pointer || p.pointer?.startsWith(`${pointer}/`)).map((p) => p.detail ?? p.code)
  const errors = [...new Set([...own, ...(result?.errors ?? []).map((e) => e.message)])]
  const options = comparisons.some((c) => c.name === comparison.name) ? comparisons : [...comparisons, comparison]
  return (
    <div className={classes.rule} data-field={pointer}>
      <div className={classes.line}>
        {comparison.needsValue ? (
          <PillField hideLabel compact preview={false} label={words.value(number)} placeholder={words.valuePlaceholder} value={asText(rule.value)} onChange={(value) => onChange({ ...rule, value }, `${pointer}/value`)} readOnly={readOnly} />
        ) : (
          <Text size="sm" fw={600} pt={8}>
            {words.ofContact}
          </Text>
        )}
        {!readOnly && (
          <ActionIcon mt={4} onClick={onRemove} aria-label={words.removeRule(number)}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <div className={classes.second}>
        <NativeSelect
          aria-label={words.operator(number)}
          value={comparison.name}
          disabled={readOnly}
          onChange={(e) => onChange(withComparison(rule, e.currentTarget.value))}
          data={[
            { group: words.compareValue, items: options.filter((c) => c.needsValue).map((c) => ({ value: c.name, label: c.label })) },
            { group: words.ofContact, items: options.filter((c) => !c.needsValue).map((c) => ({ value: c.name, label: c.label })) },
          ]}
        />
        {comparison.thing && <ContactThing key={comparison.thing} kind={comparison.thing} label={words.to(number)} value={asText(rule.to)} onChange={(to) => onChange({ ...rule, to }, `${pointer}/to`)} readOnly={readOnly} />}
        {comparison.needsTo && !comparison.thing && (
          <PillField hideLabel compact preview={false} label={words.to(number)} placeholder={comparison.many ? words.manyPlaceholder : (PLACEHOLDERS[comparison.name] ?? words.toPlaceholder)} value={toText(rule.to)} onChange={(to) => onChange({ ...rule, to }, `${pointer}/to`)} readOnly={readOnly} />
        )}
      </div>
      {result && errors.length === 0 && (
        <div className={classes.foot} style={{ marginTop: 6 }}>
          <Verdict met={result.met} />
          {comparison.needsValue && result.met !== null && <span className={classes.note} style={{ marginTop: 0 }}>{result.note ? sentence(result.note) : words.is(glance(result.value, 60))}</span>}
        </div>
      )}
      {errors.length > 0 && <div className={classes.error}>{errors.map(sentence).join(' ')}</div>}
    </div>
  )
}

const sentence = (text: string | undefined) => (text ? text.charAt(0).toUpperCase() + text.slice(1) : '')
