import { Alert } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { paramsWords as words } from '../../lib/text/en/params'

interface Props {
  label: string
  /** A changed value is worth another try. */
  value: unknown
  children: ReactNode
}

/** A field that cannot be drawn leaves the others usable. */
export class FieldBoundary extends Component<Props, { broken: boolean; value: unknown }> {
  state = { broken: false, value: this.props.value }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  static getDerivedStateFromProps(props: Props, state: { broken: boolean; value: unknown }) {
    return props.value === state.value ? null : { broken: false, value: props.value }
  }

  render() {
    if (!this.state.broken) return this.props.children
    return (
      <Alert variant="outline" color="red" title={`${this.props.label}: ${words.broken}`} role="alert" styles={{ title: { color: 'var(--mantine-color-error)' } }}>
        {words.brokenHelp}
      </Alert>
    )
  }
}
