export { FieldsTab } from './FieldsTab'
export { FailsTab, TestTab } from './laterTabs'
export { SetUpTab } from './SetUpTab'
