// Words that many pages share.
const plural = new Intl.PluralRules('en')

/** "1 event", "12 events". */
export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${plural.select(n) === 'one' ? one : many}`
}

export const common = {
  browserZone: (zone: string) => `As the browser (${zone.replaceAll('_', ' ')})`,
  cancel: 'Cancel',
  save: 'Save',
  create: 'Create',
  edit: 'Edit',
  remove: 'Delete',
  close: 'Close',
  done: 'Done',
  more: 'Show more',
  clear: 'Clear the filters',
  yes: 'Yes',
  no: 'No',
  none: '–',
  loading: 'Loading…',
  leave: {
    title: 'Leave without saving?',
    help: 'What you changed on this page is not saved yet.',
    stay: 'Stay here',
    go: 'Leave',
  },
  discard: {
    title: 'Close without saving?',
    help: 'What you typed here is not saved yet.',
    stay: 'Keep editing',
    go: 'Throw it away',
  },
  tree: {
    copyPath: (path: string) => `Copy the path ${path}`,
    pathCopied: (path: string) => `Copied ${path}`,
    more: (n: number) => `Show ${count(n, 'more', 'more')}`,
    all: (n: number) => `Show all ${n.toLocaleString('en')} characters`,
    items: (n: number) => count(n, 'item', 'items'),
    keys: (n: number) => count(n, 'field', 'fields'),
    emptyText: 'empty text',
    asTree: 'Tree',
    asText: 'JSON',
    view: 'How to show it',
    open: (name: string) => `Open ${name}`,
    shut: (name: string) => `Fold ${name}`,
  },
  job: {
    under: (done: number, total: number) => `${done.toLocaleString('en')} of ${total.toLocaleString('en')} done`,
    starting: 'Starting…',
    line: (n: number) => `Row ${n.toLocaleString('en')}`,
    finished: (done: number) => `${done.toLocaleString('en')} done`,
    refused: (n: number) => count(n, 'was not possible', 'were not possible'),
    broken: 'The work stopped. Try again; what is done stays done.',
  },
  newer: (n: number) => `${count(n, 'newer entry', 'newer entries')}: show`,
  end: 'That is all.',
  further: 'Nothing yet. Looking further back…',
}

/** What is left out for people who may not see it. */
export const hidden = {
  values: 'Your role shows that things work, not whose data they work with, so the values are hidden.',
}
