export { TemplateCards } from './TemplateCards'
