import { Suspense, useState } from 'react'
import { isKnownRef } from '../../../api/targets'
import { TargetSelect } from '../../../components/TargetSelect'
import { useTargets } from '../../../components/useTargets'
import { ConnectionDialog } from '../../connections'
import { asText } from '../../mapping'
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
        <Suspense>
          <ConnectionDialog
            ws={scope.ws}
            type={field.of}
            name={connecting}
            onClose={() => setConnecting(undefined)}
            onMade={({ id, name, type }) => {
              add({ id, label: name, type })
              onChange(id)
            }}
          />
        </Suspense>
      )}
    </Mappable>
  )
}
