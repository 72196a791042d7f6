import { useState } from 'react'
import { isKnownRef } from '../../../api/targets'
import { TargetSelect } from '../../../components/TargetSelect'
import { useTargets } from '../../../components/useTargets'
import { asText } from '../../mapping'
import { ConnectionDialog } from '../ConnectionDialog'
import type { FieldProps } from '../FieldView'
import { useForm } from '../Form'
import { Mappable } from '../Mappable'
import { TextField } from './TextField'

/** Points to an offer, a connection and so on: pick one, or make one on the spot. */
export function RefField(props: FieldProps) {
  if (!props.field.ref || !isKnownRef(props.field.ref)) return <TextField {...props} />
  return <KnownRef {...props} refKind={props.field.ref} />
}

function KnownRef({ refKind, ...props }: FieldProps & { refKind: string }) {
  const { field, value, onChange, error, readOnly, hideLabel } = props
  const { scope } = useForm()
  const { add } = useTargets(scope.ws, refKind)
  const [connecting, setConnecting] = useState<string>()
  return (
    <Mappable {...props}>
      <TargetSelect
        ws={scope.ws}
        kind={refKind}
        of={field.of}
        value={asText(value)}
        onChange={onChange}
        label={field.label}
        hideLabel={hideLabel}
        help={field.help}
        required={field.required}
        error={error}
        readOnly={readOnly}
        onMakeOther={setConnecting}
      />
      {connecting !== undefined && (
        <ConnectionDialog
          name={connecting}
          of={field.of}
          onClose={() => setConnecting(undefined)}
          onMade={(made) => {
            add(made)
            onChange(made.id)
            setConnecting(undefined)
          }}
        />
      )}
    </Mappable>
  )
}
