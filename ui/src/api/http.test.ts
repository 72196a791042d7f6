import { expect, it, vi } from 'vitest'
import { parseJson } from '../lib/json'
import { ApiError, call, query } from './http'

const answer = (status: number, body: string) =>
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response(body || null, { status })))

const failure = async (): Promise<ApiError> => {
  try {
    await call('POST', '/x', { body: {} })
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('the call did not fail')
}

it('finds the problem of each field, in either spelling of the pointer', async () => {
  answer(422, JSON.stringify({
    title: 'Invalid', trace_id: 't1', code: 'invalid',
    errors: [{ pointer: '/email', detail: 'No @.' }, { pointer: '/body/name', detail: 'Too long.' }],
  }))
  const error = await failure()
  expect([error.status, error.code, error.traceId]).toEqual([422, 'invalid', 't1'])
  expect([error.field('email'), error.field('name'), error.field('password')]).toEqual(['No @.', 'Too long.', undefined])
})

it.each([
  [502, '<html>bad gateway</html>', 'Something went wrong on the server'],
  [429, '', 'Wait a minute'],
  [404, 'null', 'does not exist'],
])('has words for a %i without any of its own', async (status, body, words) => {
  answer(status, body)
  expect((await failure()).message).toContain(words)
})

it('says that the server does not answer', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
  const error = await failure()
  expect(error.status).toBe(0)
  expect(error.message).toContain('does not answer')
})

it('passes an abort on as it is', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new DOMException('gone', 'AbortError')))
  await expect(call('GET', '/x')).rejects.toThrow(DOMException)
})

it('reads an empty answer as nothing and refuses one that is no JSON', async () => {
  answer(204, '')
  await expect(call('DELETE', '/x')).resolves.toBeUndefined()
  answer(200, 'oops')
  await expect(call('GET', '/x')).rejects.toThrow('could not be read')
})

it('leaves empty values out of a query', () => {
  expect(query({ cursor: '', limit: 50, q: undefined, name: 'a b&c' })).toBe('?limit=50&name=a+b%26c')
  expect(query({})).toBe('')
})

it('sends numbers to the last digit, as they came', async () => {
  const sent: string[] = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    sent.push(String(init.body))
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  await call('PUT', '/x', { body: parseJson('{"id":820982911946154508,"price":19.90}') })
  expect(sent).toEqual(['{"id":820982911946154508,"price":19.90}'])
})

const KEY = 'Idempotency-Key'
let fresh = 0

/** The keys under which equal calls went out, one after the other, each answered by its own. */
async function keysOf(...answers: (() => Promise<Response>)[]): Promise<unknown[]> {
  const keys: unknown[] = []
  const body = { title: `Course ${fresh++}` }
  for (const answer of answers) {
    vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
      keys.push((init.headers as Record<string, string>)[KEY])
      return answer()
    })
    await call('POST', '/offers', { body, headers: { [KEY]: `key ${keys.length}` } }).catch(() => undefined)
  }
  return keys
}

const made = () => Promise.resolve(new Response('{"id":"off_1"}', { status: 201 }))
const says = (status: number, body = '') => () => Promise.resolve(new Response(body, { status }))
const silence = () => Promise.reject(new TypeError('Failed to fetch'))
const cut = () => Promise.resolve(new Response(new ReadableStream({ start: (c) => c.error(new TypeError('network error')) }), { status: 201 }))

it.each([
  ['no answer', silence],
  ['an answer that was cut off', cut],
  ["a proxy's answer", says(502)],
  ['the word that it is under way', says(409, '{"code":"repeated"}')],
])('presses again under the same key after %s', async (_what, lost) => {
  expect(await keysOf(lost, lost, made, made)).toEqual(['key 0', 'key 0', 'key 0', 'key 3'])
})

it.each([
  ['done', made],
  ['refused', says(409, '{"code":"taken"}')],
  ['wrong', says(422)],
])('takes a new key once it is known that a call was %s', async (_what, answer) => {
  expect(await keysOf(answer, made)).toEqual(['key 0', 'key 1'])
})

it('does not take one call for another', async () => {
  vi.stubGlobal('fetch', silence)
  await call('POST', '/offers', { body: { title: 'A' }, headers: { [KEY]: 'a' } }).catch(() => undefined)
  const keys: unknown[] = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)[KEY])
    return made()
  })
  await call('POST', '/offers', { body: { title: 'B' }, headers: { [KEY]: 'b' } })
  await Promise.all(['c', 'd'].map((key) => call('POST', '/offers', { body: { title: 'A' }, headers: { [KEY]: key } })))
  expect(keys).toEqual(['b', 'a', 'd'])
})

it('does not take one uploaded file for another', async () => {
  const upload = (rawName: string, key: string) => call('POST', '/import', { raw: new Blob(['x']), rawName, headers: { [KEY]: key } }).catch(() => undefined)
  vi.stubGlobal('fetch', silence)
  await upload('a.zip', 'a')
  const keys: unknown[] = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    keys.push((init.headers as Record<string, string>)[KEY])
    return made()
  })
  await upload('b.zip', 'b')
  await upload('a.zip', 'c')
  expect(keys).toEqual(['b', 'a'])
})
