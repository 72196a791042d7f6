import { expect, it } from 'vitest'
import { innerPath } from './innerPath'

it.each(['/w/main/runs', '/w/main/runs?status=failed'])('goes on to %s', (p) => expect(innerPath(p)).toBe(p))

it.each([undefined, '', '/', '/sign-in', '/sign-in?next=/w', '/setup?token=x', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\\b'])(
  'does not go on to %j',
  (p) => expect(innerPath(p)).toBeUndefined(),
)
