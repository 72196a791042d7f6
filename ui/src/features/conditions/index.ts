export { ConditionEditor } from './ConditionEditor'
export { conditionSummary } from './summary'
