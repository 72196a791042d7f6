import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { show } from '../lib/render'
import { AddressForm } from './AddressForm'

const URL_A = 'https://a.example.com/hook'
const URL_B = 'https://b.example.com/hook'

/** The form of a thing that has an address, and what it stored. */
async function form() {
  const saved: string[] = []
  function Thing() {
    const [url, setUrl] = useState(URL_A)
    const save = (to: string) => {
      saved.push(to)
      setUrl(to)
      return Promise.resolve()
    }
    return (
      <>
        <button onClick={() => setUrl(URL_B)}>Elsewhere</button>
        <AddressForm ws="shop" label="Webhook URL" help="" field="webhook_url" url={url} save={save} />
      </>
    )
  }
  await show(<Thing />)
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Webhook URL' })
  return { saved, field, press: (name: string) => userEvent.click(screen.getByRole('button', { name })) }
}

it('asks before an emptied address takes its webhook with it', async () => {
  const { saved, field, press } = await form()
  await userEvent.clear(field)
  await press('Save')
  const ask = await screen.findByRole('dialog', { name: 'Take this address away?' })
  expect(ask.textContent).toContain(URL_A)
  expect(saved).toEqual([])
  await press('Cancel')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(saved).toEqual([])
  await press('Save')
  await screen.findByRole('dialog')
  await press('Take it away')
  await waitFor(() => expect(saved).toEqual(['']))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('says what a new address sets going, and stores it without asking', async () => {
  const { saved, field, press } = await form()
  await userEvent.clear(field)
  await userEvent.click(field)
  await userEvent.paste(` ${URL_B} `)
  screen.getByText(/a new address makes it active again/)
  await press('Save')
  await waitFor(() => expect(saved).toEqual([URL_B]))
  await waitFor(() => expect(screen.queryByText(/a new address makes it active again/)).toBeNull())
})

it('shows an address that was changed elsewhere, and leaves what is being typed', async () => {
  const { field, press } = await form()
  await press('Elsewhere')
  await waitFor(() => expect(field.value).toBe(URL_B))
  await userEvent.click(field)
  await userEvent.paste('/more')
  expect(field.value).toBe(`${URL_B}/more`)
})
