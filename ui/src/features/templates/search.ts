import type { Template } from '../../api/templates'

/** The templates in which every word that was typed stands: in name, summary, services, kind or steps. */
export function matching(all: Template[], typed: string): Template[] {
  const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return all
  return all.filter((template) => {
    const steps = template.workflows.flatMap((w) => w.steps.map((s) => s.name))
    const text = [template.name, template.summary, template.category, template.about, ...template.apps, ...steps].join('\n').toLocaleLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
