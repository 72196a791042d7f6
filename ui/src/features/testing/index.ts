export { FailsTab } from './FailsTab'
export { TestTab } from './TestTab'
