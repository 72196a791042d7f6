// The field registry: a new kind of field is one component and one line here.
import type { FieldComponent } from './FieldView'
import type { FieldKind } from './field'
import { ChoiceField } from './fields/ChoiceField'
import { CodeField } from './fields/CodeField'
import { ConditionField } from './fields/ConditionField'
import { DateField } from './fields/DateField'
import { DurationField } from './fields/DurationField'
import { FileField } from './fields/FileField'
import { GroupField } from './fields/GroupField'
import { JsonField } from './fields/JsonField'
import { ListField } from './fields/ListField'
import { LongTextField } from './fields/LongTextField'
import { MoneyField } from './fields/MoneyField'
import { MultiChoiceField } from './fields/MultiChoiceField'
import { NumberField } from './fields/NumberField'
import { RefField } from './fields/RefField'
import { RichTextField } from './fields/RichTextField'
import { RowsField } from './fields/RowsField'
import { SecretField } from './fields/SecretField'
import { SwitchField } from './fields/SwitchField'
import { TextField } from './fields/TextField'
import { UrlField } from './fields/UrlField'

export const fieldComponents: Record<FieldKind, FieldComponent> = {
  text: TextField,
  long_text: LongTextField,
  rich_text: RichTextField,
  code: CodeField,
  url: UrlField,
  date: DateField,
  duration: DurationField,
  number: NumberField,
  money: MoneyField,
  switch: SwitchField,
  choice: ChoiceField,
  multi_choice: MultiChoiceField,
  secret: SecretField,
  ref: RefField,
  list: ListField,
  rows: RowsField,
  group: GroupField,
  condition: ConditionField,
  json: JsonField,
  file: FileField,
}
