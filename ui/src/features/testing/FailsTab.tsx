import { Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core'
import { walk, type OnError, type Retry, type Step } from '../../lib/definition'
import type { TabProps } from '../../lib/document/panel'
import { testingWords } from '../../lib/text/en/testing'
import { MOST_ATTEMPTS, planText, secondsOf, spanText, totalOf, USUAL, waitsOf } from './retry'

const words = testingWords.fails

/** What happens when a step fails: tries, then stop, go on or the error path. */
export function FailsTab({ value, onChange, nodeType, problems, readOnly }: TabProps) {
  const step = value as Step
  const set = <K extends keyof Step>(key: K, next: Step[K] | undefined) => {
    const { [key]: _gone, ...rest } = step
    onChange((next === undefined ? rest : { ...step, [key]: next }) as Step, key)
  }
  const talks = nodeType.kind === 'action'
  const problem = (pointer: string) => problems.filter((p) => p.pointer?.startsWith(pointer)).map((p) => p.detail ?? p.code).join(' ') || undefined
  return (
    <Stack gap="xl">
      <Tries retry={step.retry} talks={talks} onChange={(retry) => set('retry', retry)} problem={problem('/retry')} readOnly={readOnly} />
      <Then onError={step.on_error} onChange={(next) => set('on_error', next)} problem={problem('/on_error')} readOnly={readOnly} />
      {talks && (
        <Radio.Group label={words.unknown} value={(step.repeatable ?? nodeType.repeatable ?? false) ? 'repeat' : 'ask'} onChange={(next) => set('repeatable', next === 'repeat')} error={problem('/repeatable')}>
          <Stack gap="sm" mt="xs">
            <Radio value="repeat" label={words.repeat} description={words.repeatHelp} disabled={readOnly} />
            <Radio value="ask" label={words.ask} description={words.askHelp} disabled={readOnly} />
          </Stack>
        </Radio.Group>
      )}
      <div>
        <Text size="sm" fw={550}>
          {words.who}
        </Text>
        <Text size="sm" c="dimmed">
          {words.whoHelp}
        </Text>
      </div>
    </Stack>
  )
}

interface TriesProps {
  retry: Retry | null | undefined
  /** The step talks to the world, so the usual plan tries again. */
  talks: boolean
  onChange: (retry: Retry | undefined) => void
  problem?: string
  readOnly: boolean
}

type Waits = 'usual' | 'same' | 'double'

const waitsKind = (retry: Retry): Waits => (retry.backoff ? 'double' : retry.delays?.length ? 'same' : 'usual')

function Tries({ retry, talks, onChange, problem, readOnly }: TriesProps) {
  const usual = talks ? USUAL : []
  const waits = waitsOf(retry) ?? usual
  const mode = !retry ? 'usual' : retry.attempts === 1 ? 'never' : 'own'
  const choose = (next: string) => {
    if (next === 'usual') onChange(undefined)
    else onChange({ attempts: next === 'never' ? 1 : 3 })
  }
  return (
    <Stack gap="sm" data-field="/retry">
      <NativeSelect
        label={words.again}
        value={mode}
        disabled={readOnly}
        error={problem}
        onChange={(e) => choose(e.currentTarget.value)}
        data={[
          { value: 'usual', label: talks ? words.usual(USUAL.length + 1, spanText(totalOf(USUAL))) : words.once },
          ...(talks ? [{ value: 'never', label: words.never }] : []),
          { value: 'own', label: words.own },
        ]}
      />
      {retry && mode === 'own' && <OwnTries retry={retry} onChange={onChange} readOnly={readOnly} />}
      <Text size="sm" c="dimmed">
        {planText(waits)} {waits.length > 0 && words.notRetried}
      </Text>
    </Stack>
  )
}

function OwnTries({ retry, onChange, readOnly }: { retry: Retry; onChange: (retry: Retry) => void; readOnly: boolean }) {
  const kind = waitsKind(retry)
  const attempts = retry.attempts ?? (retry.delays?.length ? retry.delays.length + 1 : 10)
  const change = (next: Waits) => {
    if (next === 'usual') onChange({ attempts })
    if (next === 'same') onChange({ attempts, delays: ['5m'] })
    if (next === 'double') onChange({ attempts, backoff: { initial: '1m', factor: 2 } })
  }
  const time = (label: string, value: string, set: (text: string) => void, optional = false) => (
    <TextInput label={label} value={value} placeholder="5m" readOnly={readOnly} onChange={(e) => set(e.currentTarget.value)} error={(value !== '' || !optional) && secondsOf(value) === undefined ? words.invalid : undefined} autoComplete="off" />
  )
  return (
    <Stack gap="sm">
      <TextInput
        type="number"
        label={words.attempts}
        description={words.attemptsHelp}
        min={2}
        max={MOST_ATTEMPTS}
        step={1}
        value={attempts}
        readOnly={readOnly}
        onChange={(e) => {
          const n = Math.trunc(e.currentTarget.valueAsNumber)
          if (n >= 2 && n <= MOST_ATTEMPTS) onChange({ ...retry, attempts: n })
        }}
      />
      <NativeSelect
        label={words.waits}
        value={kind}
        disabled={readOnly}
        onChange={(e) => change(e.currentTarget.value as Waits)}
        data={[
          { value: 'usual', label: words.waitUsual },
          { value: 'same', label: words.waitSame },
          { value: 'double', label: words.waitDouble },
        ]}
      />
      {kind === 'same' && time(words.sameWait, (retry.delays ?? []).join(', '), (text) => onChange({ ...retry, delays: text.split(',').map((t) => t.trim()) }))}
      {retry.backoff && (
        <Group grow align="flex-start">
          {time(words.wait, retry.backoff.initial, (initial) => onChange({ ...retry, backoff: { factor: 2, ...retry.backoff, initial } }))}
          {time(words.longest, retry.backoff.max ?? '', (max) => onChange({ ...retry, backoff: withMax(retry, max) }), true)}
        </Group>
      )}
    </Stack>
  )
}

function withMax(retry: Retry, max: string): Retry['backoff'] {
  const { max: _gone, ...rest } = retry.backoff ?? { initial: '1m' }
  return max === '' ? rest : { ...rest, max }
}

interface ThenProps {
  onError: OnError | null | undefined
  onChange: (next: OnError | undefined) => void
  problem?: string
  readOnly: boolean
}

function Then({ onError, onChange, problem, readOnly }: ThenProps) {
  const current = onError?.do ?? 'stop'
  const inside = [...walk(onError?.steps)].length
  const choose = (next: string) => {
    if (next === current) return
    onChange(next === 'stop' ? undefined : next === 'branch' ? { do: 'branch', steps: [] } : { do: 'continue' })
  }
  return (
    <Radio.Group label={words.whenUsedUp} value={current} onChange={choose} error={problem} data-field="/on_error">
      <Stack gap="sm" mt="xs">
        <Radio value="stop" label={words.stop} description={words.stopHelp} disabled={readOnly} />
        <Radio value="continue" label={words.continue} description={words.continueHelp} disabled={readOnly} />
        <Radio value="branch" label={words.branch} description={words.branchHelp} disabled={readOnly} />
      </Stack>
      {current === 'branch' && inside > 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {words.losesSteps(inside)}
        </Text>
      )}
    </Radio.Group>
  )
}
