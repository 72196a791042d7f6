// What a form holds while it is filled in. A failed save changes nothing of it:
// each problem stands at its field until that field is changed.
import { useCallback, useRef, useState } from 'react'
import { ApiError, type Problem } from '../api/http'

/** The key of a field is its path in the body: "email", "address/city". */
const keyOf = (problem: Problem): string => (problem.pointer ?? '').replace(/^\/body\//, '/').replace(/^\//, '')

/** Problems by field key; one that lies within a field belongs to that field. */
export function problemAt(problems: Problem[], key: string): string | undefined {
  return problems.find((p) => keyOf(p) === key || keyOf(p).startsWith(`${key}/`))?.detail
}

/** The problems that no field of the form shows. */
export function unplaced(problems: Problem[], keys: readonly string[]): Problem[] {
  return problems.filter((p) => !keys.some((key) => keyOf(p) === key || keyOf(p).startsWith(`${key}/`)))
}

export function useForm<Values extends object>(start: Values) {
  const [values, setValues] = useState(start)
  const [failure, setFailure] = useState<unknown>(null)
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const first = useRef(start)
  const all = failure instanceof ApiError ? failure.problems : []
  const problems = all.filter((p) => !Array.from(seen).some((key) => keyOf(p) === key || keyOf(p).startsWith(`${key}/`)))

  const set = useCallback((part: Partial<Values> | ((was: Values) => Partial<Values>), ...keys: string[]) => {
    setValues((was) => ({ ...was, ...(typeof part === 'function' ? part(was) : part) }))
    setSeen((was) => new Set([...was, ...(typeof part === 'function' ? [] : Object.keys(part)), ...keys]))
  }, [])

  return {
    values,
    /** What it began from. What is saved is what differs from this: others may have changed the rest meanwhile. */
    start: first.current,
    set,
    /** What an input of a text needs. */
    text: (key: keyof Values & string) => ({
      name: key,
      value: String(values[key] ?? ''),
      onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value } as Partial<Values>),
      error: problemAt(problems, key),
    }),
    error: (key: string) => problemAt(problems, key),
    /** Takes the answer of a failed save; null when a new try begins. */
    fail: useCallback((error: unknown) => {
      setFailure(error)
      setSeen(new Set())
    }, []),
    failure,
    problems,
    /** Begins anew from values, as after a save. */
    reset: useCallback((to: Values) => {
      first.current = to
      setValues(to)
      setFailure(null)
    }, []),
    dirty: JSON.stringify(values) !== JSON.stringify(first.current),
  }
}
