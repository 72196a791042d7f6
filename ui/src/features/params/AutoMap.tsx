import { Alert, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconWand } from '@tabler/icons-react'
import { useState } from 'react'
import type { TabProps } from '../../lib/document/panel'
import { paramsWords as words } from '../../lib/text/en/params'
import { useMappingWorld } from '../mapping'
import { suggestionsQuery } from './api'
import { pointerTo } from '../../lib/pointer'
import { fieldsOf, type Params } from './field'
import { askedAs, isAboutSomebody, offersFor } from './offers'
import classes from './Params.module.css'

/** Offers values for fields that are empty, such as an e-mail address; a person confirms with one click. */
export function AutoMap({ ws, workflow, nodeType, value, onChange, readOnly }: TabProps) {
  const { trigger, request, run } = useMappingWorld()
  const [dismissed, setDismissed] = useState(false)
  const params = value.params ?? {}
  const fields = fieldsOf(nodeType)
  const keys = fields.map((f) => f.key)
  const can = !readOnly && !dismissed && isAboutSomebody(nodeType.type, keys)
  const stored = (workflow.definition?.triggers ?? []).some((t) => t.id === trigger?.id)
  const { data } = useQuery({ ...suggestionsQuery(ws, workflow.id, askedAs(nodeType.type), stored ? trigger?.id : undefined, request?.id, request ? undefined : run?.id), enabled: can })
  const offered = offersFor(nodeType.type, keys, params, data ?? [])
  if (!can || offered.length === 0) return null
  // The offer goes away with its buttons: the keyboard goes on at the first field it was about.
  const goOn = () => document.querySelector<HTMLElement>(`[data-field="${CSS.escape(pointerTo('/params', offered[0]?.field ?? ''))}"] [role=textbox]`)?.focus()
  const apply = () => {
    goOn()
    onChange({ ...value, params: Object.assign({}, params, ...offered.map((s) => ({ [s.field]: s.template, ...s.besides }))) as Params })
  }
  const dismiss = () => {
    goOn()
    setDismissed(true)
  }
  return (
    <Alert variant="light" color="lagoon" icon={<IconWand aria-hidden />} title={words.auto.title(offered.length)} styles={{ title: { color: 'var(--mantine-color-text)' } }}>
      <dl className={classes.suggestions}>
        {offered.map((s) => (
          <div key={s.field} style={{ display: 'contents' }}>
            <dt>{fields.find((f) => f.key === s.field)?.label ?? s.field}</dt>
            <dd title={s.template}>
              {s.label}
              {s.sample !== undefined && s.sample !== '' && ` · ${s.sample}`}
            </dd>
          </div>
        ))}
      </dl>
      <Group gap="xs">
        <Button size="xs" onClick={apply}>
          {words.auto.apply}
        </Button>
        <Button size="xs" variant="subtle" onClick={dismiss}>
          {words.auto.dismiss}
        </Button>
      </Group>
    </Alert>
  )
}
