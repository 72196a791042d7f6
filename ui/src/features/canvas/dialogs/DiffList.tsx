import { List, Text } from '@mantine/core'
import { stepName, type Definition } from '../../../lib/definition'
import { differences, type Difference } from '../../../lib/document/diff'
import type { NodeType } from '../../../api/nodeTypes'
import { canvas } from '../../../lib/text/en/canvas'
import { useDesk } from '../desk'

const words = canvas.diff

/** What leads from one document to another, a sentence each. */
export function DiffList({ from, to, none = words.none }: { from: Definition; to: Definition; none?: string }) {
  const { nodeType } = useDesk()
  const found = differences(from, to)
  if (found.length === 0) return <Text size="sm">{none}</Text>
  return (
    <List size="sm" spacing={4}>
      {found.map((d, index) => (
        <List.Item key={`${d.what}-${d.id}-${d.branch?.id ?? ''}-${d.kind}-${index}`}>{sentence(d, nodeType)}</List.Item>
      ))}
    </List>
  )
}

function sentence(d: Difference, nodeType: (type: string) => NodeType): string {
  if (d.what === 'settings' || !d.subject) return words.settings
  const type = nodeType(d.subject.type)
  const name = stepName(d.subject, type.name)
  const keys = d.keys.map((key) => fieldWords(key, type)).join(', ')
  if (d.what === 'branch') {
    const branch = d.branch?.name?.trim() || canvas.otherwise
    if (d.kind === 'added') return words.branchAdded(branch, name)
    return d.kind === 'removed' ? words.branchRemoved(branch, name) : words.branchChanged(branch, name, keys)
  }
  return d.kind === 'changed' ? words.changed(name, keys) : words[d.kind](name)
}

/** A key of a step as its form calls it. */
export function fieldWords(key: string, type: NodeType): string {
  const param = /^params[./]([^./]+)/.exec(key)?.[1]
  if (param) return type.fields?.find((f) => f.key === param)?.label ?? param.replaceAll('_', ' ')
  return words.keys[key] ?? key
}
