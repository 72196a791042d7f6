import { Button, Group, Loader, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconArrowsSplit2, IconTrash } from '@tabler/icons-react'
import { Suspense, useMemo } from 'react'
import { stepName, type Branch } from '../../../lib/definition'
import { endsHere, patchBranch, shiftBranch, STOP, toggleEnd } from '../../../lib/document/edit'
import { findStep } from '../../../lib/document/tree'
import { canvas as words } from '../../../lib/text/en/canvas'
import toneClasses from '../../../components/Tone.module.css'
import { EDIT } from '../actions'
import { useActions } from '../actions/context'
import { Boundary } from '../Boundary'
import { useDesk, useVerdict } from '../desk'
import { ConditionEditor } from '../forms'
import { useEditor, useEditorStore } from '../store'
import { PanelHead, withinStep } from './Panel'
import classes from './Panel.module.css'

const NO_RULES: Branch['when'] = { match: 'all', rules: [] }

/** What a path is called, when it is taken, and where it leads. */
export function BranchPanel({ step, branch }: { step: string; branch: Branch }) {
  const { ws, types, nodeType } = useDesk()
  const { workflow, problems } = useVerdict()
  const store = useEditorStore()
  const actions = useActions()
  const definition = useEditor((s) => s.draft.definition)
  const readOnly = useEditor((s) => s.readOnly)
  const owner = findStep(definition, step)
  const index = owner?.branches?.findIndex((b) => b.id === branch.id) ?? 0
  const under = `/branches/${index}/when`
  const own = useMemo(
    () =>
      (problems.get(step) ?? [])
        .map((p) => ({ ...p, pointer: withinStep(p.pointer ?? '') }))
        .filter((p) => p.pointer.startsWith(under))
        .map((p) => ({ ...p, pointer: p.pointer.slice(under.length) })),
    [problems, step, under],
  )
  const change = (part: { name?: string; when?: Branch['when'] }, label?: string) => {
    const { draft, edit } = store.getState()
    edit(patchBranch(draft.definition, step, branch.id, part), label && `${step}/${branch.id}:${label}`)
  }
  const shift = (by: -1 | 1) => shiftBranch(definition, step, branch.id, by)
  const [left, right] = [shift(-1), shift(1)]
  const name = branch.name?.trim() || (branch.when ? words.branchName(index + 1) : words.otherwise)
  const paths = types.get(owner?.type ?? '')?.paths
  const isLast = index === (owner?.branches?.length ?? 0) - 1
  return (
    <aside data-panel className={classes.panel} aria-label={words.panel.label}>
      <PanelHead
        icon={
          <span className={`${toneClasses.tile} ${toneClasses.violet}`}>
            <IconArrowsSplit2 size={21} aria-hidden />
          </span>
        }
        kind={owner ? `${words.branch.title} · ${stepName(owner, nodeType(owner.type).name)}` : words.branch.title}
        name={name}
        own={branch.name}
        placeholder={name}
        onRename={(next) => change({ name: next }, 'name')}
      />
      <Stack className={classes.content} gap="lg" p="md">
        <Boundary title={words.panelCrashed} help={words.crashedHelp}>
          {branch.when ? (
            <Suspense fallback={<Loader size="sm" />}>
              <ConditionEditor
                ws={ws}
                workflow={workflow}
                definition={definition}
                stepId={step}
                value={branch.when}
                label={words.branch.when}
                problems={own}
                readOnly={readOnly}
                // Only the last path can be the one for everything else.
                onChange={(when, label) => change({ when: when ?? (isLast ? null : NO_RULES) }, label)}
              />
            </Suspense>
          ) : (
            <Text size="sm">{paths ? words.branch.chosen : words.branch.otherwise}</Text>
          )}
        </Boundary>
        {!readOnly && !branch.when && !paths && (
          <Button variant="default" size="sm" w="fit-content" onClick={() => change({ when: NO_RULES })}>
            {words.branch.addCondition}
          </Button>
        )}
        <div>
          <Text size="sm" fw={600} mb={6}>
            {words.branch.after}
          </Text>
          <SegmentedControl
            fullWidth
            disabled={readOnly || !types.has(STOP)}
            value={endsHere(branch.steps ?? []) ? 'ends' : 'continues'}
            data={[
              { value: 'continues', label: words.tail.continues },
              { value: 'ends', label: words.tail.ends },
            ]}
            onChange={() => store.getState().edit(toggleEnd(definition, { of: 'branch', step, branch: branch.id }, types.get(STOP)?.version ?? 1))}
          />
        </div>
        {!readOnly && !paths?.fixed && (
          <Group gap="xs">
            <Button variant="default" size="xs" leftSection={<IconArrowLeft size={15} aria-hidden />} disabled={!left} onClick={() => store.getState().edit(left)}>
              {words.branch.left}
            </Button>
            <Button variant="default" size="xs" leftSection={<IconArrowRight size={15} aria-hidden />} disabled={!right} onClick={() => store.getState().edit(right)}>
              {words.branch.right}
            </Button>
            <Button variant="default" size="xs" c="var(--mantine-color-error)" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => void EDIT.remove.run(actions)}>
              {words.branch.remove}
            </Button>
          </Group>
        )}
      </Stack>
    </aside>
  )
}
