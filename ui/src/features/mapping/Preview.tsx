import { mappingWords as words } from '../../lib/text/en/mapping'
import { labelOf } from './describe'
import { parsePath } from './expression'
import { useMappingWorld, type MappingWorld } from './MappingScope'
import classes from './PillField.module.css'
import type { FieldPreview } from './preview'
import { lookUp } from './sources'
import { usePreview } from './usePreview'
import { asText } from './value'

const SHOWN = 400
/** A formula is written without the braces and the blank that it is stored with. */
const BRACES = '{{ '.length

interface Props {
  value: string
  /** The value is a formula in braces: places count without them, and it is said when there is no result yet. */
  formula?: boolean
}

/** What a field gives with the chosen sample, and why when that is nothing. */
export function Preview({ value, formula = false }: Props) {
  const world = useMappingWorld()
  const preview = usePreview(value)
  if (!preview) return formula ? <div className={classes.preview}>{words.field.noPreview}</div> : null
  const error = preview.errors?.[0]
  if (error) {
    return (
      <div className={classes.faultNote} data-preview>
        {words.field.errorAt(error.message.replace(/\.$/, ''), Math.max(1, error.column - (formula ? BRACES : 0)))}
      </div>
    )
  }
  if (preview.stops !== undefined && preview.stops !== '') return <Line>{words.field.stops(preview.stops)}</Line>
  if (preview.omitted) return <Line>{words.field.omitted}</Line>
  if (preview.blank) return <Line>{preview.why ? words.field.blankWhy(preview.why) : blank(preview, world)}</Line>
  return (
    <div className={classes.preview} data-preview>
      <span>{words.field.gives}</span>
      <span className={classes.previewValue}>{(preview.text ?? asText(preview.value)).slice(0, SHOWN)}</span>
    </div>
  )
}

function Line({ children }: { children: string }) {
  return (
    <div className={classes.preview} data-preview>
      {children}
    </div>
  )
}

function blank(preview: FieldPreview, world: MappingWorld): string {
  const labels = new Set((preview.missing ?? []).map((path) => labelAt(path, world)))
  return labels.size === 0 ? words.field.blank : `${words.field.blank}, ${words.field.because([...labels].join(', '))}`
}

function labelAt(path: string, world: MappingWorld): string {
  const parsed = parsePath(path)
  const found = parsed && lookUp(world.sources, parsed)
  return found ? labelOf(found.source, found.below) : path
}
