import { Button, Collapse, Stack } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useMemo, useState } from 'react'
import { paramsWords as words } from '../../lib/text/en/params'
import { pointerTo } from '../../lib/pointer'
import { isShown, withParam, type Field, type Params } from './field'
import { FieldView } from './FieldView'
import { problemsAt, SiblingsProvider, useForm } from './Form'

interface Props {
  /** All fields, also those that are not drawn here: they decide what is shown. */
  fields: Field[]
  /** Which of them are drawn; all when missing. */
  only?: (field: Field) => boolean
  params: Params
  onChange: (params: Params, key: string) => void
  pointer: string
  /** A field to bring into view, which opens what it is folded into. */
  goTo?: string
}

/** Fields below each other, the advanced ones folded away. */
export function FieldList({ fields, only = () => true, params, onChange, pointer, goTo }: Props) {
  const { problems } = useForm()
  const shown = fields.filter((field) => only(field) && isShown(field, fields, params))
  const advanced = shown.filter((field) => field.advanced)
  const wanted = advanced.some((field) => {
    const at = pointerTo(pointer, field.key)
    return goTo === at || goTo?.startsWith(`${at}/`) || problemsAt(problems, at).some((p) => p.severity !== 'warning')
  })
  const [open, setOpen] = useState(false)
  const id = useId()
  const siblings = useMemo(() => ({ fields, params }), [fields, params])
  const draw = (field: Field) => (
    <FieldView
      key={field.key}
      field={field}
      value={params[field.key]}
      pointer={pointerTo(pointer, field.key)}
      onChange={(value) => onChange(withParam(params, field.key, value), field.key)}
    />
  )
  return (
    <SiblingsProvider value={siblings}>
    <Stack gap="md">
      {shown.filter((field) => !field.advanced).map(draw)}
      {advanced.length > 0 && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={open || wanted}
            aria-controls={id}
            rightSection={open || wanted ? <IconChevronUp size={15} aria-hidden /> : <IconChevronDown size={15} aria-hidden />}
            onClick={() => setOpen((o) => !o)}
          >
            {open || wanted ? words.fewer : words.more}
          </Button>
          <Collapse expanded={open || wanted} id={id}>
            <Stack gap="md" pt="sm">
              {advanced.map(draw)}
            </Stack>
          </Collapse>
        </div>
      )}
    </Stack>
    </SiblingsProvider>
  )
}
