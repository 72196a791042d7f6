export { isSample, requestQuery, requestsQuery, type RequestDetail, type StoredRequest } from './api'
export { useSampleChoice, useSampleChoices } from './choice'
export { requestScope } from './scope'
export { SampleLine, SampleList } from './SampleList'
