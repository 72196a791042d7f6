import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { printJson } from '../lib/json'
import { text } from '../lib/text'
import { CopyButton } from './CopyButton'
import classes from './JsonView.module.css'

/** Longer text is shown on request: a browser takes seconds to lay out megabytes. */
const SHOWN = 20_000

/** A value as JSON, as text only: nothing in it can become part of the page. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const [whole, setWhole] = useState(false)
  const printed = useMemo(() => printJson(value), [value])
  const cut = !whole && printed.length > SHOWN
  return (
    <div className={classes.box}>
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {cut ? `${printed.slice(0, SHOWN)}…` : printed}
      </pre>
      <div className={classes.copy}>
        <CopyButton value={printed} label={`${text.run.copyJson}: ${label}`} />
      </div>
      {cut && (
        <div className={classes.more}>
          <Button size="xs" variant="default" onClick={() => setWhole(true)}>
            {text.run.whole(`${Math.ceil(printed.length / 1024).toLocaleString('en')} KB`)}
          </Button>
        </div>
      )}
    </div>
  )
}
