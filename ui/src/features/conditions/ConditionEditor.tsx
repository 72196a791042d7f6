import { Alert, Button, Group as Line, Input, SegmentedControl, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { type Condition } from '../../lib/definition'
import type { ConditionEditorProps } from '../../lib/document/panel'
import { conditionWords as words } from '../../lib/text/en/conditions'
import { MappingScope, mappingOf, onlyMapping, PillField, useConditionPreview } from '../mapping'
import classes from './ConditionEditor.module.css'
import { formulaOf } from './formula'
import { rowsOf } from './formulaRows'
import { Group } from './Group'
import { isRows, newGroup } from './rule'
import { Verdict } from './Verdict'

interface Props extends ConditionEditorProps {
  help?: ReactNode
  required?: boolean
  /** What stands where there is no condition. */
  none?: string
}

/** A condition by clicks, or as a formula, with how it turns out for the chosen sample. */
export function ConditionEditor(props: Props) {
  const { ws, workflow, definition, stepId } = props
  return (
    <MappingScope scope={{ ws, workflow, definition, stepId }}>
      <Editor {...props} />
    </MappingScope>
  )
}

function Editor({ value, onChange, problems = [], readOnly = false, label, help, required, none: noneText = words.none }: Props) {
  const id = useId()
  const preview = useConditionPreview(value ?? undefined)
  const none = value === null || value === undefined || value === ''
  const own = problems.filter((p) => !p.pointer || p.pointer === '/').map((p) => p.detail ?? p.code)
  const errors = [...own, ...(isRows(value) ? [] : (preview?.errors ?? []).map((e) => e.message))]
  const [asking, setAsking] = useState(false)
  const begin = () => onChange(newGroup(), 'add')
  const change = (mode: string) => {
    if (mode === 'formula' && isRows(value)) onChange(mappingOf(formulaOf(value)))
    if (mode !== 'rows' || isRows(value)) return
    const rows = rowsOf(onlyMapping(String(value)) ?? String(value))
    if (rows) onChange(rows)
    else setAsking(true) // nothing that somebody wrote goes away unasked
  }
  const answer = (anew: boolean) => {
    setAsking(false)
    if (anew) onChange(newGroup())
  }
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id: `${id}-label` }} description={help} withAsterisk={required}>
      <div className={classes.group} role="group" aria-labelledby={label ? `${id}-label` : undefined} style={{ marginTop: 4 }}>
        {none ? (
          <div className={classes.foot}>
            {!readOnly && (
              <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={begin}>
                {words.addRule}
              </Button>
            )}
            {!required && (
              <Text size="sm" c="dimmed">
                {noneText}
              </Text>
            )}
          </div>
        ) : (
          <>
            {!readOnly && (
              <SegmentedControl
                size="xs"
                style={{ alignSelf: 'flex-start' }}
                aria-label={words.written}
                value={isRows(value) ? 'rows' : 'formula'}
                onChange={change}
                data={[
                  { value: 'rows', label: words.rows },
                  { value: 'formula', label: words.formula },
                ]}
              />
            )}
            {isRows(value) ? (
              <Group group={value} pointer="" results={preview?.rules} problems={problems} onChange={(next, at) => onChange((next.rules ?? []).length === 0 ? null : next, at)} readOnly={readOnly} />
            ) : (
              <Formula value={String(value)} onChange={(next) => onChange(next === '' ? null : next, 'formula')} readOnly={readOnly} />
            )}
            {asking && !isRows(value) && (
              <Alert variant="light" color="orange" p="xs" role="alert" title={words.cannotRow} styles={{ title: { color: 'var(--mantine-color-text)' }, message: { color: 'var(--mantine-color-text)' } }}>
                {words.cannotRowHelp}
                <Line gap="xs" mt="xs">
                  <Button size="xs" variant="default" autoFocus onClick={() => answer(false)}>
                    {words.keepFormula}
                  </Button>
                  <Button size="xs" variant="subtle" color="red" onClick={() => answer(true)}>
                    {words.beginAnew}
                  </Button>
                </Line>
              </Alert>
            )}
            <div className={classes.foot} aria-live="polite">
              {preview && preview.met !== undefined && (
                <>
                  <Text size="sm" c="dimmed">
                    {words.withSample}
                  </Text>
                  <Verdict met={preview.met} />
                </>
              )}
              {!readOnly && (
                <Button size="compact-sm" variant="subtle" color="gray" c="dimmed" ml="auto" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => onChange(null)}>
                  {words.removeAll}
                </Button>
              )}
            </div>
          </>
        )}
        {errors.length > 0 && <Input.Error>{errors.join(' ')}</Input.Error>}
      </div>
    </Input.Wrapper>
  )
}

/** A formula stands bare or in braces; here it always shows as a pill field. */
function Formula({ value, onChange, readOnly }: { value: string; onChange: (next: Condition) => void; readOnly: boolean }) {
  const shown = value.includes('{{') ? value : mappingOf(value)
  return (
    <PillField
      hideLabel
      code
      multiline={false}
      slash="text"
      label={words.formula}
      help={words.formulaHelp}
      value={shown}
      onChange={(next) => onChange(onlyMapping(next) === '' ? '' : next)}
      readOnly={readOnly}
      preview={false}
    />
  )
}
