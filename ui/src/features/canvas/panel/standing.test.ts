import { expect, it } from 'vitest'
import { standing } from './standing'

const judged = { id: 'a', params: { url: 'htp://x', body: { 'a/b': 1 }, tags: ['x', ''] } }
const problems = ['/params/url', '/params/body/a~1b', '/params/tags/1', '/params/gone', ''].map((pointer) => ({ pointer, detail: pointer }))
const left = (params: object) => standing(problems, judged, { ...judged, params: { ...judged.params, ...params } }).map((p) => p.pointer)

it.each([
  ['nothing', {}, ['/params/url', '/params/body/a~1b', '/params/tags/1', '/params/gone', '']],
  ['the field itself', { url: 'https://x' }, ['/params/body/a~1b', '/params/tags/1', '/params/gone', '']],
  ['a value within', { body: { 'a/b': 2 } }, ['/params/url', '/params/tags/1', '/params/gone', '']],
  ['its neighbour', { body: { 'a/b': 1, c: 2 } }, ['/params/url', '/params/body/a~1b', '/params/tags/1', '/params/gone', '']],
  ['an entry that is gone', { tags: ['x'] }, ['/params/url', '/params/body/a~1b', '/params/gone', '']],
  ['what was missing', { gone: 'here' }, ['/params/url', '/params/body/a~1b', '/params/tags/1', '']],
])('when %s was changed, only what is about other values stands', (_what, params, want) => expect(left(params)).toEqual(want))
