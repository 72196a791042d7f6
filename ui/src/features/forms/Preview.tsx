import { Anchor, Text, Title } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { forms } from '../../lib/text/en/forms'
import type { Draft, DraftField } from './formDraft'
import classes from './Forms.module.css'

const words = forms.preview

/** The page of a form as people see it. It only shows: nothing in it can be pressed or sent. */
export function Preview({ draft, url }: { draft: Draft; url: string }) {
  return (
    <section className={classes.preview} aria-labelledby="preview-title">
      <div className={classes.previewHead}>
        <Title order={2} id="preview-title">
          {words.title}
        </Title>
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm" className={classes.out}>
          {forms.share.openPage} <IconExternalLink size={15} aria-hidden />
        </Anchor>
      </div>
      <Text size="sm" c="dimmed" mb="sm">
        {words.help}
      </Text>
      <div className={classes.paper} inert>
        <h3>{draft.title}</h3>
        {draft.intro.split('\n').map((line, i) => line && <p key={i}>{line}</p>)}
        {draft.fields.map((field) => (
          <Question key={field.row} field={field} />
        ))}
        <span className={classes.send}>{draft.button || forms.build.buttonDefault}</span>
      </div>
    </section>
  )
}

function Question({ field }: { field: DraftField }) {
  const must = field.required && <em> {words.required}</em>
  return (
    <div className={classes.asked}>
      {field.kind === 'consent' ? (
        <label className={classes.consent}>
          <input type="checkbox" tabIndex={-1} />
          <span>
            {field.label}
            {must}
          </span>
        </label>
      ) : (
        <label>
          {field.label}
          {must}
          {field.kind === 'choice' ? (
            <select tabIndex={-1}>
              <option>{words.choose}</option>
            </select>
          ) : (
            <input tabIndex={-1} />
          )}
        </label>
      )}
      {field.help && <small>{field.help}</small>}
    </div>
  )
}
