import { expect, test } from 'vitest'
import { english } from '../text.en'

const modules = import.meta.glob<Record<string, unknown>>('./en/*.ts', { eager: true })
const sources = import.meta.glob<string>(['../../**/*.{ts,tsx}', '!../../**/*.{test,testkit,d}.*', '!../{fixtures,render,testSetup}.*'], { eager: true, query: '?raw', import: 'default' })

const inText = (file: string) => file.startsWith('./') || file.includes('text.en')
// What reads a key names it behind a dot, takes it out of an object, or has it as a text.
const read = new Set<string>()
// What a name stands for is looked up by a value.
const lookedInto = new Set<string>()
for (const [file, source] of Object.entries(sources)) {
  for (const [, key] of source.matchAll(/\.([\w$]+)/g)) read.add(key!)
  for (const [, key] of source.replaceAll(/^import .*/gm, '').matchAll(/([\w$]+)(?:\[| as )/g)) lookedInto.add(key!)
  if (inText(file)) continue
  for (const [, key] of source.matchAll(/['"`]([\w$]+)['"`]/g)) read.add(key!)
  for (const [, keys] of source.matchAll(/\{([\w$,: ]+)\} =/g)) for (const key of keys!.matchAll(/[\w$]+/g)) read.add(key[0])
}

// A table, such as of states, has a name in the plural; its rows are looked up by value too.
const isTable = (name: string, words: object) => lookedInto.has(name) || (name.endsWith('s') && Object.values(words).every((v) => typeof v === 'string'))

/** The texts whose name nothing reads. It misses some: a name may be read of another object. */
function unread(words: object, at: string): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const path = `${at}.${key}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return isTable(key, value) ? [] : unread(value, path)
    return read.has(key) ? [] : [path]
  })
}

test('every text is shown somewhere', () => {
  const all = Object.entries(modules).flatMap(([file, words]) => Object.entries(words).flatMap(([name, v]) => (typeof v === 'object' && v && !isTable(name, v) ? unread(v, `${file} ${name}`) : [])))
  expect([...all, ...unread(english, 'text.en.ts english')]).toEqual([])
})

test('every export is used somewhere', () => {
  const named = new Map<string, Set<string>>()
  const times = new Map<string, number>()
  for (const [file, source] of Object.entries(sources)) {
    for (const [word] of source.matchAll(/[A-Za-z_$][\w$]*/g)) {
      named.set(word, (named.get(word) ?? new Set()).add(file))
      times.set(`${file} ${word}`, (times.get(`${file} ${word}`) ?? 0) + 1)
    }
  }
  const unused = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(/^export (?:async )?(?:const|function|type|interface|class) ([\w$]+)/gm)]
      .map((match) => match[1]!)
      .filter((name) => named.get(name)!.size === 1 && times.get(`${file} ${name}`) === 1)
      .map((name) => `${file} ${name}`),
  )
  expect(unused).toEqual([])
})
