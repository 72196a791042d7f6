import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { meQuery, signOut } from '../api/session'
import { text } from '../lib/text'
import { AccountLabel } from './AccountLabel'
import classes from './Shell.module.css'
import { useOpened } from './useOpened'

const SCHEMES = [
  { value: 'light', label: text.shell.light, icon: IconSun },
  { value: 'dark', label: text.shell.dark, icon: IconMoon },
  { value: 'auto', label: text.shell.auto, icon: IconDeviceDesktop },
] as const satisfies { value: MantineColorScheme; label: string; icon: unknown }[]

/** Who is signed in, the colours, and the way out. */
export function AccountMenu({ opened }: { opened: boolean }) {
  const { target, menu } = useOpened(opened)
  const { data: me } = useQuery(meQuery)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useLeave()
  const name = me?.user.name || me?.user.email || ''
  return (
    <Menu position="bottom-end" width={220} {...menu}>
      <Menu.Target>
        <UnstyledButton ref={target} className={classes.avatar} ta="center">
          <AccountLabel name={name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me?.user.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{text.shell.scheme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
          {SCHEMES.map(({ value, label, icon: Icon }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick checkIcon={<IconCheck size={16} aria-hidden />} rightSection={<Icon size={17} aria-hidden />}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={() => leave.mutate()}>
          {text.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Ends the session; everything that was loaded is forgotten. */
function useLeave() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} })
      client.clear()
    },
  })
}
