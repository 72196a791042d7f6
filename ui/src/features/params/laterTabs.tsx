// Tabs that are opened later than the others, and seldom both.
import { lazy } from 'react'
import type { TabProps } from '../../lib/document/panel'

const LazyTest = lazy(async () => ({ default: (await import('../testing/TestTab')).TestTab }))
const LazyFails = lazy(async () => ({ default: (await import('../testing/FailsTab')).FailsTab }))

// Components of their own, since a lazy one may not resolve to another.
export const TestTab = (props: TabProps) => <LazyTest {...props} />
export const FailsTab = (props: TabProps) => <LazyFails {...props} />
