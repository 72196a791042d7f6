import { expect, it } from 'vitest'
import { wireOf, wireText } from './wire'

it('shows a request line by line, with the body exactly', () => {
  const wire = wireOf({ request: { method: 'POST', url: 'https://api.example.com/orders?a=1', headers: { 'Content-Type': 'application/json', 'X-A': ['1', '2'] }, body: '{"id":820982911946154508, "a": " "}' } })
  expect(wire && wireText(wire)).toBe('POST /orders?a=1 HTTP/1.1\nHost: api.example.com\nContent-Type: application/json\nX-A: 1\nX-A: 2\n\n{"id":820982911946154508, "a": " "}')
})

it('knows a body that is no text, and an output without a request', () => {
  expect(wireOf({ request: { method: 'PUT', url: 'x', headers: {}, body: { base64: 'AAE=' } } })).toMatchObject({ binary: true, body: 'AAE=' })
  expect(wireOf({ status: 200 })).toBeUndefined()
  expect(wireOf(null)).toBeUndefined()
})
