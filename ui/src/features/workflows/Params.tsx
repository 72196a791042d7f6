import type { NodeType } from '../../api/nodeTypes'
import type { Condition } from '../../lib/definition'
import { isEmpty, printJson } from '../../lib/json'
import { ConditionText } from './ConditionText'
import { MappedText } from './MappedText'
import classes from './StepTree.module.css'

/** A value longer than this is cut: the list is an overview. */
const SHOWN = 240

interface Props {
  params: Record<string, unknown> | undefined
  type: NodeType
}

/** What a step is set up with, under the labels of its form. */
export function Params({ params, type }: Props) {
  const given = Object.entries(params ?? {}).filter(([, value]) => !isEmpty(value))
  if (given.length === 0) return null
  const fields = new Map((type.fields ?? []).map((field) => [field.key, field]))
  return (
    <dl className={classes.params}>
      {given.map(([key, value]) => {
        const field = fields.get(key)
        const option = field?.options?.find((o) => o.value === value)
        return (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{field?.label ?? key.replaceAll('_', ' ')}</dt>
            <dd>{option ? option.label : <Value name={key} value={value} />}</dd>
          </div>
        )
      })}
    </dl>
  )
}

function Value({ name, value }: { name: string; value: unknown }) {
  if (name === 'when') return <ConditionText condition={value as Condition} />
  if (isSecret(value)) return <>••••••</>
  return <MappedText value={cut(plain(value))} />
}

const isSecret = (value: unknown) => typeof value === 'object' && value !== null && '$secret' in value

function plain(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ')
  return printJson(value)
}

const cut = (value: string) => (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value)
