import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { serve } from './lib/render'
import { newApp } from './router'

/** Opens the app at an address, as a person who follows a link. */
function open(address: string) {
  window.history.replaceState({}, '', address)
  const { client, router } = newApp()
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

const RESET = 'POST /password-reset'

it('sets a new password by a reset link, and hides its token', async () => {
  const calls = serve({ [RESET]: { status: 204 } })
  open('/reset?token=12345678901234567890')
  await userEvent.type(await screen.findByLabelText('New password'), 'a long enough passphrase')
  await waitFor(() => expect(window.location.search).toBe(''))
  await userEvent.click(screen.getByRole('button', { name: 'Save the password' }))
  await screen.findByRole('heading', { name: 'The password is changed' })
  expect(calls).toEqual([`${RESET} {"token":"12345678901234567890","password":"a long enough passphrase"}`])
})

it('says at the field why a password is not taken', async () => {
  serve({ [RESET]: { status: 422, body: { title: 'Invalid', errors: [{ pointer: '/password', detail: 'Too short.' }] } } })
  open('/reset?token=abc')
  await userEvent.type(await screen.findByLabelText('New password'), 'x')
  await userEvent.click(screen.getByRole('button', { name: 'Save the password' }))
  await screen.findByText('Too short.')
})

it('says that a link is used up', async () => {
  serve({ [RESET]: { status: 403, body: { detail: 'This link was used already.' } } })
  open('/reset?token=abc')
  await userEvent.type(await screen.findByLabelText('New password'), 'a long enough passphrase')
  await userEvent.click(screen.getByRole('button', { name: 'Save the password' }))
  await screen.findByText('This link was used already.')
})

it.each([
  ['/setup', 'This set-up link is not complete'],
  ['/reset', 'This reset link is not complete'],
])('%s without a token says so', async (address, title) => {
  serve({})
  open(address)
  await screen.findByRole('heading', { name: title })
})

it('leads to signing in and remembers where to go on', async () => {
  serve({ 'GET /me': { status: 401, body: { title: 'Unauthorized' } } })
  open('/w/main/runs?status=failed')
  await screen.findByRole('heading', { name: 'Sign in' })
  expect(new URLSearchParams(window.location.search).get('next')).toBe('/w/main/runs?status=failed')
})

it('has words for an address without a page', async () => {
  serve({})
  open('/nowhere/at/all')
  await screen.findByRole('heading', { level: 1, name: 'There is nothing at this address' })
})
