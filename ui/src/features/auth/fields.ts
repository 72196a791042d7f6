/** The named texts of a form; a missing one is empty. */
export function fields<Name extends string>(form: HTMLFormElement, names: readonly Name[]): Record<Name, string> {
  const data = new FormData(form)
  const values = names.map((name) => [name, String(data.get(name) ?? '')] as const)
  return Object.fromEntries(values) as Record<Name, string>
}
