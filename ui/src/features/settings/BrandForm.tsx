import { Button, ColorInput, FileButton, Skeleton, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { brandQuery, coloursQuery, removeLogo, setLogo, updateBrand, type BrandDetail, type Whose } from '../../api/brand'
import { useAnnounce } from '../../components/Announcer'
import { ErrorNote } from '../../components/ErrorNote'
import { FormFrame } from '../../components/FormFrame'
import { useLeaveGuard } from '../../components/useLeaveGuard'
import { brandWords as words } from '../../lib/text/en/brand'
import { useForm } from '../../lib/useForm'
import { BrandDomain } from './BrandDomain'
import { BrandPreview } from './BrandPreview'
import classes from './Settings.module.css'

const ORDER = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

/** How a workspace, or with no ws the agency, looks and is called. */
export function BrandForm({ ws }: { ws?: string }) {
  const { data, error, isPending, refetch } = useQuery(brandQuery(ws))
  const id = ws ? 'brand-title' : 'agency-brand-title'
  return (
    <section className={classes.card} aria-labelledby={id}>
      <Title order={2} id={id}>
        {ws ? words.title : words.agencyTitle}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {ws ? words.help : words.agencyHelp}
      </Text>
      <ErrorNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton height={220} />}
      {data && <Form ws={ws} known={data} />}
      {data && <BrandDomain ws={ws} known={data} />}
    </section>
  )
}

const valuesOf = (b: BrandDetail) => ({ name: b.name, accent: b.accent, sender: { name: b.sender.name, email: b.sender.email, reply_to: b.sender.reply_to } })

function Form({ ws, known }: { ws: Whose; known: BrandDetail }) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const form = useForm(valuesOf(known))
  const { values } = form
  useLeaveGuard(form.dirty)
  const { data: colours } = useQuery(coloursQuery(values.accent))
  const save = useMutation({
    mutationFn: () => updateBrand(ws, { name: values.name, accent: values.accent, sender: ws ? undefined : values.sender }),
    onError: form.fail,
    onSuccess: (saved) => {
      client.setQueryData(brandQuery(ws).queryKey, saved)
      form.reset(valuesOf(saved))
      announce(words.saved)
    },
  })
  const logo = useMutation({
    mutationFn: async (file: File | null) => (file ? setLogo(ws, await inBase64(file)) : removeLogo(ws)),
    onSuccess: (saved) => client.setQueryData(brandQuery(ws).queryKey, saved),
  })
  const sender = (key: 'name' | 'email' | 'reply_to') => ({
    value: values.sender[key],
    error: form.error(`sender/${key}`),
    onChange: (e: { currentTarget: { value: string } }) => form.set({ sender: { ...values.sender, [key]: e.currentTarget.value } }, `sender/${key}`),
  })
  const shownColours = values.accent ? colours : known.shown.colours
  return (
    <FormFrame
      onSubmit={() => {
        form.fail(null)
        save.mutate()
      }}
      failure={form.failure}
      keys={['name', 'accent', 'sender/name', 'sender/email', 'sender/reply_to']}
      title={words.failed}
    >
      <div className={classes.two}>
        <TextInput label={words.name} description={words.nameHelp} placeholder={known.shown.name} inputWrapperOrder={ORDER} {...form.text('name')} />
        <ColorInput
          label={words.accent}
          description={values.accent && colours ? words.contrast(colours.contrast, colours.filled, colours.filled_contrast) : words.accentHelp}
          inputWrapperOrder={ORDER}
          value={values.accent}
          onChange={(accent) => form.set({ accent })}
          error={form.error('accent')}
          withEyeDropper={false}
          popoverProps={{ withinPortal: true }}
        />
        {!ws && (
          <>
            <TextInput label={words.senderName} {...sender('name')} />
            <TextInput label={words.senderEmail} description={words.senderEmailHelp} inputWrapperOrder={ORDER} type="email" {...sender('email')} />
            <TextInput label={words.senderReply} type="email" {...sender('reply_to')} />
          </>
        )}
      </div>
      <div className={classes.line}>
        <div>
          <Text size="sm" fw={600}>
            {words.logo}
          </Text>
          <Text size="sm" c="dimmed">
            {words.logoHelp}
          </Text>
        </div>
        <FileButton onChange={(file) => file && logo.mutate(file)} accept="image/png,image/jpeg,image/webp">
          {(props) => (
            <Button variant="default" loading={logo.isPending} {...props}>
              {words.choose}
            </Button>
          )}
        </FileButton>
        {known.logo_url && (
          <Button variant="default" onClick={() => logo.mutate(null)}>
            {words.takeAway}
          </Button>
        )}
      </div>
      <ErrorNote error={logo.error} title={words.logoFailed} />
      <BrandPreview name={values.name || known.shown.name} logo={known.logo_url || known.shown.logo_url} colours={shownColours ?? undefined} />
      {ws && (
        <Text size="sm" c="dimmed">
          {words.senderInSettings}
        </Text>
      )}
      <div className={classes.save}>
        <Button type="submit" disabled={!form.dirty} loading={save.isPending}>
          {words.save}
        </Button>
      </div>
    </FormFrame>
  )
}

/** The bytes of a file as the API takes them. */
async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
