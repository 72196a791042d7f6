export { FailsTab, TestTab } from '../testing'
export { FieldsTab } from './FieldsTab'
export { SetUpTab } from './SetUpTab'
