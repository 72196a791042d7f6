import { expect, it } from 'vitest'
import { reach } from './address'

it.each([
  ['http://127.0.0.1:8080/hooks/x', 'nearby'],
  ['http://localhost/hooks/x', 'nearby'],
  ['https://192.168.1.4/hooks/x', 'nearby'],
  ['https://172.20.0.1/hooks/x', 'nearby'],
  ['https://[::1]/hooks/x', 'nearby'],
  ['https://[fd00::1]/hooks/x', 'nearby'],
  ['not a url', 'nearby'],
  ['http://hooks.example.com/x', 'unencrypted'],
  ['https://hooks.example.com/x', 'everyone'],
  ['https://172.32.0.1/x', 'everyone'],
])('%s is reached by %s', (url, want) => expect(reach(url)).toBe(want))
