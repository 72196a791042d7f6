import { mappingLabel, stretches } from '../../lib/definition'
import classes from './StepTree.module.css'

/** A text with its mappings as pills; the exact mapping on hover. */
export function MappedText({ value }: { value: string }) {
  return (
    <>
      {stretches(value).map((part, index) =>
        part.mapping ? (
          <span key={index} className={classes.pill} title={part.text}>
            {mappingLabel(part.text)}
          </span>
        ) : (
          <span key={index}>{part.text}</span>
        ),
      )}
    </>
  )
}
