import { Button, Group, MultiSelect, SegmentedControl, Stack, Switch, TagsInput, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { tagsQuery } from '../../api/contacts'
import { formKey, updateForm, type WebForm } from '../../api/forms'
import { targetsQuery } from '../../api/targets'
import { useAnnounce } from '../../components/Announcer'
import { FormFrame } from '../../components/FormFrame'
import listClasses from '../../components/List.module.css'
import { useLeaveGuard } from '../../components/useLeaveGuard'
import { forms } from '../../lib/text/en/forms'
import { useForm } from '../../lib/useForm'
import { differenceOf, draftOf, type Draft } from './formDraft'
import classes from './Forms.module.css'
import { Preview } from './Preview'
import { Questions } from './Questions'

const words = forms.build
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
const WAYS = Object.entries(words.afterWays).map(([value, label]) => ({ value, label }))
const KEYS = ['title', 'intro', 'button', 'thank_you', 'redirect_url', 'tags', 'offer_ids', 'fields']

/** Builds a form, with its page beside. */
export function Builder({ ws, form: saved }: { ws: string; form: WebForm }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm<Draft>(draftOf(saved))
  useLeaveGuard(form.dirty)
  const save = useMutation({
    mutationFn: (draft: Draft) => updateForm(ws, saved.id, differenceOf(form.start, draft)),
    onError: form.fail,
    onSuccess: (now, draft) => {
      client.setQueryData(formKey(ws, saved.id), now)
      void client.invalidateQueries({ queryKey: ['ws', ws, 'forms', 'list'] })
      // What was typed while it was being saved stays, and is not saved yet.
      if (draft === form.values) form.reset(draftOf(now, draft.fields))
      announce(words.saved)
    },
  })
  const submit = () => {
    form.fail(null)
    save.mutate(form.values)
  }
  return (
    <div className={classes.columns}>
      <FormFrame onSubmit={submit} failure={form.failure} keys={KEYS} title={words.failed}>
        <section className={classes.card} aria-labelledby="page-title">
          <Title order={2} id="page-title" mb="sm">
            {words.about}
          </Title>
          <Stack gap="sm">
            <TextInput label={words.title} {...form.text('title')} />
            <Textarea label={words.intro} description={words.introHelp} inputWrapperOrder={ORDER} autosize minRows={1} maxRows={8} {...form.text('intro')} />
            <TextInput label={words.button} placeholder={words.buttonDefault} maxLength={60} {...form.text('button')} />
            <Switch label={words.open} description={words.openHelp} checked={form.values.open} onChange={(e) => form.set({ open: e.currentTarget.checked })} />
          </Stack>
        </section>
        <Questions ws={ws} form={form} />
        <After ws={ws} form={form} />
        <div className={`${listClasses.bar} ${classes.bar}`}>
          <Text size="sm" c="dimmed" role="status">
            {form.dirty ? words.unsaved : ''}
          </Text>
          <Group ml="auto">
            <Button type="submit" loading={save.isPending} disabled={!form.dirty}>
              {words.save}
            </Button>
          </Group>
        </div>
      </FormFrame>
      <Preview draft={form.values} url={saved.url} />
    </div>
  )
}

export type DraftForm = ReturnType<typeof useForm<Draft>>

/** What follows a submission: for the person, and for the contact. */
function After({ ws, form }: { ws: string; form: DraftForm }) {
  const { data: tags } = useQuery(tagsQuery(ws))
  const { data: offers } = useQuery(targetsQuery(ws, 'offer'))
  const v = form.values
  return (
    <section className={classes.card} aria-labelledby="after-title">
      <Title order={2} id="after-title" mb="sm">
        {words.after}
      </Title>
      <Stack gap="sm">
        <SegmentedControl w="fit-content" aria-label={words.after} data={WAYS} value={v.after} onChange={(after) => form.set({ after: after as Draft['after'] })} />
        {v.after === 'text' ? (
          <Textarea label={words.thanks} placeholder={words.thanksDefault} autosize minRows={2} maxRows={8} {...form.text('thank_you')} />
        ) : (
          <TextInput label={words.redirect} description={words.redirectHelp} inputWrapperOrder={ORDER} inputMode="url" {...form.text('redirect_url')} />
        )}
        <TagsInput
          label={words.tags}
          description={words.tagsHelp}
          inputWrapperOrder={ORDER}
          data={(tags?.items ?? []).map((tag) => tag.name)}
          value={v.tags}
          onChange={(next) => form.set({ tags: next })}
          error={form.error('tags')}
          acceptValueOnBlur
        />
        <MultiSelect
          label={words.offers}
          description={words.offersHelp}
          inputWrapperOrder={ORDER}
          data={(offers ?? []).map((o) => ({ value: o.id, label: o.label }))}
          value={v.offer_ids}
          onChange={(ids) => form.set({ offer_ids: ids })}
          error={form.error('offer_ids')}
          searchable
        />
      </Stack>
    </section>
  )
}
