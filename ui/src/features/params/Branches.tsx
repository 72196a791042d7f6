import { Stack, Text, TextInput } from '@mantine/core'
import type { Branch, Condition, Step } from '../../lib/definition'
import type { TabProps } from '../../lib/document/panel'
import { paramsWords as words } from '../../lib/text/en/params'
import { ConditionEditor } from '../conditions'
import { useForm } from './Form'
import classes from './Params.module.css'

/** The branches of a step: what they are called and when each is taken. */
export function Branches({ value, onChange, readOnly, nodeType }: TabProps) {
  const { scope, problems } = useForm()
  const step = value as Step
  const branches = step.branches ?? []
  const change = (index: number, part: Partial<Branch>, label: string) =>
    onChange({ ...step, branches: branches.map((b, i) => (i === index ? { ...b, ...part } : b)) }, `branches/${index}/${label}`)
  const setWhen = (index: number, when: Condition | null, label?: string) => {
    const { when: _gone, ...rest } = branches[index] ?? { id: '' }
    const next = when === null ? rest : { ...rest, when }
    onChange({ ...step, branches: branches.map((b, i) => (i === index ? next : b)) }, label && `branches/${index}/${label}`)
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {nodeType.paths ? words.branches.chosen : words.branches.help}
      </Text>
      {branches.map((branch, index) => {
        const at = `/branches/${index}/when`
        const name = branch.name?.trim() || words.branches.untitled(index + 1)
        const fallback = !branch.when && index === branches.length - 1
        const own = problems.filter((p) => p.pointer?.startsWith(at)).map((p) => ({ ...p, pointer: p.pointer?.slice(at.length) }))
        return (
          <fieldset key={branch.id} className={classes.group} data-field={`/branches/${index}`}>
            <legend className={classes.legend}>{name}</legend>
            <Stack gap="sm">
              <TextInput label={words.branches.name} value={branch.name ?? ''} placeholder={fallback && !nodeType.paths ? words.branches.otherwise : name} onChange={(e) => change(index, { name: e.currentTarget.value }, 'name')} readOnly={readOnly} maxLength={200} />
              {!nodeType.paths && <ConditionEditor {...scope} value={branch.when} onChange={(when, label) => setWhen(index, when, label)} problems={own} readOnly={readOnly} label={words.branches.when(name)} none={fallback ? words.branches.fallback : undefined} />}
            </Stack>
          </fieldset>
        )
      })}
    </Stack>
  )
}
