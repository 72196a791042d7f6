import { ActionIcon, Anchor, Button, Skeleton, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDots, IconEdit, IconPlayerPause, IconSend } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { hookQuery, hooksKey, testHook, updateHook, type Hook, type NewHook } from '../../api/hooks'
import { useAnnounce } from '../../components/Announcer'
import { CopyButton } from '../../components/CopyButton'
import { ErrorNote } from '../../components/ErrorNote'
import { Facts } from '../../components/Facts'
import { lazyMenu } from '../../components/lazyMenu'
import { Page } from '../../components/Page'
import { TimeAgo } from '../../components/TimeAgo'
import { registerCommands } from '../../lib/commands'
import { eventName, hooks } from '../../lib/text/en/hooks'
import { HookBadge } from './HookBadge'
import classes from './Hooks.module.css'
import { PlaceLink } from './PlaceLink'
import { useAboutNames } from './useAboutNames'

const words = hooks.page
// The page comes first: what stands below its head is loaded behind it.
const Latest = lazy(() => import('./Latest').then((m) => ({ default: m.Latest })))
const StoppedCard = lazy(() => import('./StoppedCard').then((m) => ({ default: m.StoppedCard })))
const TestOutcome = lazy(() => import('./TestOutcome').then((m) => ({ default: m.TestOutcome })))
const HookDialog = lazy(() => import('./HookDialog').then((m) => ({ default: m.HookDialog })))
const RotateDialog = lazy(() => import('./RotateDialog').then((m) => ({ default: m.RotateDialog })))
const SecretNote = lazy(() => import('./SecretNote').then((m) => ({ default: m.SecretNote })))
const RemoveDialog = lazy(() => import('./RemoveDialog').then((m) => ({ default: m.RemoveDialog })))

/** One hook: what it tells whom, how its endpoint is, and what it sent last. */
export function HookPage() {
  const { ws, id } = useParams({ from: '/w/$ws/hooks/$id' })
  const { data: hook, error, isPending, refetch } = useQuery(hookQuery(ws, id))
  const back = { label: words.back, to: { to: '/w/$ws/hooks', params: { ws } } as const }
  if (!hook) {
    return (
      <Page title={hooks.title} back={back}>
        {isPending ? <Skeleton height={240} radius="lg" /> : <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  }
  return <Whole key={hook.id} ws={ws} hook={hook} />
}

const HookMenu = lazyMenu<{ onRotate: () => void; onRemove: () => void }>(
  () => import('./HookMenu').then((m) => m.HookMenu),
  (_props, press, prepare) => (
    <ActionIcon size="lg" variant="default" aria-label={words.menu} aria-haspopup="menu" onClick={press} onPointerEnter={prepare} onFocus={prepare}>
      <IconDots size={18} aria-hidden />
    </ActionIcon>
  ),
)

type Opened = 'edit' | 'rotate' | 'remove'

function Whole({ ws, hook }: { ws: string; hook: Hook }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const [opened, setOpened] = useState<Opened>()
  const [rotated, setRotated] = useState<NewHook>()
  const close = () => setOpened(undefined)
  const pause = useMutation({
    mutationFn: () => updateHook(ws, hook.id, { status: 'paused' }),
    onSuccess: () => {
      announce(words.pausedDone)
      return client.invalidateQueries({ queryKey: hooksKey(ws) })
    },
  })
  const test = useMutation({ mutationFn: () => testHook(ws, hook.id) })
  const { mutate: send } = test
  const canSend = hook.status !== 'disabled' && !test.isPending
  useEffect(() => {
    if (!canSend) return undefined
    return registerCommands(() => [{ id: 'hook.test', label: words.test, group: hooks.title, icon: IconSend, run: () => send() }])
  }, [canSend, send])
  return (
    <Page
      title={hook.name || eventName(hook.event)}
      help={hook.name ? eventName(hook.event) : undefined}
      badge={<HookBadge hook={hook} />}
      back={{ label: words.back, to: { to: '/w/$ws/hooks', params: { ws } } }}
      actions={
        <>
          <Button variant="default" leftSection={<IconEdit size={17} aria-hidden />} onClick={() => setOpened('edit')}>
            {words.edit}
          </Button>
          {hook.status === 'active' && (
            <Button variant="default" leftSection={<IconPlayerPause size={17} aria-hidden />} loading={pause.isPending} onClick={() => pause.mutate()}>
              {words.pause}
            </Button>
          )}
          <Button leftSection={<IconSend size={17} aria-hidden />} loading={test.isPending} disabled={hook.status === 'disabled'} onClick={() => test.mutate()}>
            {words.test}
          </Button>
          <HookMenu onRotate={() => setOpened('rotate')} onRemove={() => setOpened('remove')} />
        </>
      }
    >
      <div className={classes.stack}>
        <ErrorNote error={pause.error ?? test.error} />
        <Suspense>
          {test.data && <TestOutcome key={test.data.id} ws={ws} id={test.data.id} />}
          {hook.status !== 'active' && <StoppedCard ws={ws} hook={hook} />}
        </Suspense>
        <About ws={ws} hook={hook} />
        <Suspense fallback={<Skeleton height={160} radius="lg" />}>
          <Latest ws={ws} hook={hook} />
        </Suspense>
      </div>
      <Suspense>
        {opened === 'edit' && <HookDialog ws={ws} hook={hook} onClose={close} />}
        {opened === 'remove' && <RemoveDialog ws={ws} hook={hook} onClose={close} />}
        {opened === 'rotate' && (
          <RotateDialog
            ws={ws}
            id={hook.id}
            onClose={close}
            onDone={(made) => {
              close()
              setRotated(made)
            }}
          />
        )}
        {rotated && <SecretNote ws={ws} hook={rotated} title={hooks.secret.rotatedTitle} onClose={() => setRotated(undefined)} />}
      </Suspense>
    </Page>
  )
}

function About({ ws, hook }: { ws: string; hook: Hook }) {
  const names = useAboutNames(ws, [hook])
  const about = hook.resource_id ? (names.get(hook.resource_id) ?? hook.resource_id) : undefined
  return (
    <section className={classes.card} aria-labelledby="about-title">
      <div className={classes.head}>
        <Title order={2} id="about-title">
          {words.address}
        </Title>
        {hook.place !== '' && (
          <Text size="sm">
            {hooks.places[hook.place]} · <PlaceLink ws={ws} hook={hook}>{hooks.toPlace[hook.place]}</PlaceLink>
          </Text>
        )}
      </div>
      <div className={`${classes.secret} ${classes.address}`}>
        <code>{hook.url}</code>
        <CopyButton value={hook.url} label={words.copy} />
      </div>
      <Facts
        facts={[
          [words.about, about ?? (hook.cart === null ? undefined : hook.cart ? hooks.onlyCart : hooks.noCart)],
          [words.lastAnswer, hook.last_status === null ? (hook.last_error === '' ? hooks.never : hook.last_error) : hooks.answered(hook.last_status)],
          [words.lastSuccess, hook.last_success_at && <TimeAgo at={hook.last_success_at} />],
          [words.failingSince, hook.failing_since && <TimeAgo at={hook.failing_since} />],
          [words.failures, hook.failures > 0 && hook.failures],
          [words.nextTry, hook.next_try_at && <TimeAgo at={hook.next_try_at} />],
          [words.format, hooks.form.formats[hook.format].split(':')[0]],
          [words.created, <TimeAgo key="created" at={hook.created_at} />],
          [
            hooks.log,
            <Anchor key="log" inherit renderRoot={(props) => <Link to="/w/$ws/deliveries" params={{ ws }} search={{ hook_id: hook.id }} {...props} />}>
              {words.all}
            </Anchor>,
          ],
        ]}
      />
    </section>
  )
}
