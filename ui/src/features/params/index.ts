import { lazy } from 'react'
import type { Tab } from '../../lib/document/panel'

export { FieldsTab } from './FieldsTab'
export { SetUpTab } from './SetUpTab'

// Opened later than the others, and seldom both.
export const TestTab: Tab = lazy(async () => ({ default: (await import('../testing/TestTab')).TestTab }))
export const FailsTab: Tab = lazy(async () => ({ default: (await import('../testing/FailsTab')).FailsTab }))
