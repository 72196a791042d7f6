// Folders of workflows.
export const folders = {
  filter: 'Folder',
  any: 'All folders',
  inFolder: (name: string) => `In the folder ${name}`,
  move: 'Move to a folder',
  moveTitle: (name: string) => `Move “${name}”`,
  name: 'Folder',
  help: 'Choose one or type a new name. Leave it empty to take the workflow out of its folder.',
  none: 'No folder',
  go: 'Move',
  failed: 'The workflow was not moved',
  moved: (folder: string) => (folder === '' ? 'Taken out of its folder.' : `Moved to ${folder}.`),
}
