import { Button, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { text } from '../../lib/text'
import classes from './Editor.module.css'

interface Props {
  title: string
  help: string
  /** Stands in the place of the panel. */
  aside?: boolean
  children: ReactNode
}

/** Keeps the rest of the editor, and what was edited, when one part of it fails. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    const { title, help, aside, children } = this.props
    if (!this.state.failed) return children
    return (
      <div className={aside ? classes.failedPanel : classes.failed} role="alert">
        <Title order={2}>{title}</Title>
        <Text c="dimmed" size="sm">
          {help}
        </Text>
        <Button variant="default" onClick={() => this.setState({ failed: false })}>
          {text.errors.again}
        </Button>
      </div>
    )
  }
}
