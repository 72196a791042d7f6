import { expect, it, vi } from 'vitest'
import { ask } from './client'

function recorded() {
  const calls: [string, RequestInit][] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push([url, init])
    return Promise.resolve(new Response('{"items":[],"next_cursor":null}', { status: 200 }))
  })
  return calls
}

it('escapes each part of the path and leaves empty query values out', async () => {
  const calls = recorded()
  const page = await ask('get', '/workspaces/{ws}/runs', { path: { ws: 'a/b c' }, query: { q: 'x&y', cursor: '', limit: 5 } })
  expect(page.items).toEqual([])
  await ask('get', '/workspaces/{ws}/workflows/{id}/versions/{version}', { path: { ws: 'main', id: 'w', version: 3 } })
  await ask('delete', '/workspaces/{ws}/workflows/{id}', { path: { ws: 'main', id: 'w' }, query: { forever: true } })
  expect(calls.map(([url, init]) => `${init.method} ${url}`)).toEqual([
    'GET /api/v1/workspaces/a%2Fb%20c/runs?q=x%26y&limit=5',
    'GET /api/v1/workspaces/main/workflows/w/versions/3',
    'DELETE /api/v1/workspaces/main/workflows/w?forever=true',
  ])
})

it('sends body and headers, and a body only where there is one', async () => {
  const calls = recorded()
  await ask('post', '/session', { body: { email: 'ada@example.com', password: 'p' }, headers: { 'X-A': 'b' } })
  await ask('delete', '/session')
  expect(calls.map(([, init]) => init.body)).toEqual(['{"email":"ada@example.com","password":"p"}', undefined])
  expect(calls[0]?.[1].headers).toMatchObject({ 'X-A': 'b', 'Content-Type': 'application/json' })
})

it('knows the paths with what they take and answer', () => {
  const wrong = [
    // @ts-expect-error there is no such path
    () => ask('get', '/nothing'),
    // @ts-expect-error the path does not know the method
    () => ask('put', '/me', { body: {} }),
    // @ts-expect-error a part of the path is missing
    () => ask('get', '/workspaces/{ws}/runs/{id}', { path: { ws: 'main' } }),
    // @ts-expect-error the arguments are missing
    () => ask('get', '/workspaces/{ws}'),
    // @ts-expect-error a value of the body has the wrong type
    () => ask('post', '/session', { body: { email: 1, password: 'p' } }),
    // @ts-expect-error the list has no such filter
    () => ask('get', '/workspaces/{ws}/runs', { path: { ws: 'main' }, query: { colour: 'red' } }),
    // @ts-expect-error the answer has no such field
    async () => (await ask('get', '/me')).nothing,
  ]
  expect(wrong).toHaveLength(7)
})
