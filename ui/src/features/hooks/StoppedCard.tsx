import { Button, Switch, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { hooksKey, updateHook, type Hook, type HookChange } from '../../api/hooks'
import { useAnnounce } from '../../components/Announcer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorNote } from '../../components/ErrorNote'
import { TimeAgo } from '../../components/TimeAgo'
import { hooks } from '../../lib/text/en/hooks'
import classes from './Hooks.module.css'

const words = hooks.page

function useChange(ws: string, id: string, done: (hook: Hook) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: HookChange) => updateHook(ws, id, change),
    onSuccess: async (hook) => {
      await client.invalidateQueries({ queryKey: hooksKey(ws) })
      done(hook)
    },
  })
}

/** Why a hook is not active, since when, what it keeps, and the ways on. */
export function StoppedCard({ ws, hook }: { ws: string; hook: Hook }) {
  const announce = useAnnounce()
  const [throwing, setThrowing] = useState(false)
  const resume = useChange(ws, hook.id, () => announce(words.resumed))
  const paused = hook.status === 'paused'
  return (
    <section className={`${classes.card} ${classes.stopped}`} aria-labelledby="stopped-title">
      <Title order={2} id="stopped-title">
        {paused ? words.pausedTitle : words.disabledTitle}
      </Title>
      <p>{hook.reason}</p>
      <p>
        {hook.failing_since && (
          <>
            {words.failingSince} <TimeAgo at={hook.failing_since} />.{' '}
          </>
        )}
        {paused ? (hook.kept > 0 ? words.keptNow(hook.kept) : words.keptNone) : words.disabledHelp}
      </p>
      <ErrorNote error={resume.error} />
      {paused && (
        <div className={classes.buttons}>
          <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate({ status: 'active' })}>
            {hook.kept > 0 ? words.send : words.resume}
          </Button>
          {hook.kept > 0 && (
            <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setThrowing(true)}>
              {words.discard}
            </Button>
          )}
        </div>
      )}
      {paused && hook.kept > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {words.sendHelp}
        </Text>
      )}
      {throwing && <Discard ws={ws} hook={hook} onClose={() => setThrowing(false)} />}
    </section>
  )
}

function Discard({ ws, hook, onClose }: { ws: string; hook: Hook; onClose: () => void }) {
  const [resume, setResume] = useState(false)
  const discard = useChange(ws, hook.id, onClose)
  return (
    <ConfirmDialog
      title={hooks.discard.title(hook.kept)}
      confirm={hooks.discard.go}
      pending={discard.isPending}
      error={discard.error}
      onConfirm={() => discard.mutate({ held: 'discard', status: resume ? 'active' : undefined })}
      onClose={onClose}
    >
      <Text size="sm">{hooks.discard.help}</Text>
      <Switch label={hooks.discard.resume} checked={resume} onChange={(e) => setResume(e.currentTarget.checked)} />
    </ConfirmDialog>
  )
}
