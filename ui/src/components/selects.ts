// Loaded by LateSelect alone: a list that opens brings its placing and its search
// along, a sixth of what a page may weigh.
export { MultiSelect, Select } from '@mantine/core'
