// English. Numbers choose their form through `count`.

const plural = new Intl.PluralRules('en')

/** "1 event", "12 events". */
function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${plural.select(n) === 'one' ? one : many}`
}

function status(code: number): string {
  if (code === 401) return 'Please sign in again.'
  if (code === 403) return 'You may not do this. Ask an owner of the workspace.'
  if (code === 404) return 'This does not exist any more, or belongs to another workspace.'
  if (code === 409) return 'This changed meanwhile. Reload the page and try again.'
  if (code === 429) return 'That was too often. Wait a minute and try again.'
  if (code === 503) return 'The server cannot reach its database. Nothing was lost; try again in a moment.'
  return code >= 500
    ? 'Something went wrong on the server. Try again; if it stays, look at the server’s log.'
    : 'The server did not accept this. Check what you entered.'
}

export const english = {
  app: 'Hookloom',
  close: 'Close',
  count,

  errors: {
    status,
    unreachable: 'The server does not answer. Check that Hookloom is running and that you are online, then try again.',
    unreadable: 'The server’s answer could not be read. Reload the page; the server may just have been updated.',
    title: 'That did not work',
    again: 'Try again',
    trace: (id: string) => `Quote this when asking for help: ${id}`,
    page: 'This page stumbled',
    pageHelp: 'What you stored is safe. Reload the page to go on.',
    reload: 'Reload the page',
    notFound: 'There is nothing at this address',
    notFoundWhy: 'The link may be old or not complete',
    notFoundHelp: 'It can also lead to a workspace that was renamed, or that you do not belong to.',
    gone: 'This is not here any more',
    goneHelp: 'It was deleted, the link is not complete, or it belongs to another workspace.',
    home: 'Go to the first page',
  },

  shell: {
    skip: 'Skip to the content',
    navigation: 'Main',
    workspace: 'Workspace',
    account: (name: string) => `Account of ${name}`,
    signOut: 'Sign out',
    scheme: 'Colours',
    light: 'Light',
    dark: 'Dark',
    auto: 'As the system',
    offline: 'Live updates are interrupted. Trying again…',
  },

  auth: {
    signInTitle: 'Sign in',
    signInHelp: 'Welcome back.',
    email: 'E-mail',
    password: 'Password',
    name: 'Your name',
    signIn: 'Sign in',
    wrong: 'E-mail and password do not match.',
    firstStart: 'First start? Open the set-up link that the server printed in its terminal.',
    forgot: 'Forgot the password? On the server, run',
    setUpTitle: 'Create the first owner',
    setUpHelp: 'This account can do everything: add workspaces, keys and, later, other people.',
    passwordHelp: 'At least 10 characters. A few words in a row are fine.',
    create: 'Create the account',
    timezone: 'Your time zone',
    timezoneHelp: 'In which you see times. Others choose their own.',
    workspaceTimezone: 'Time zone of the workspace',
    workspaceTimezoneHelp: 'For schedules, and dates that workflows write to customers.',
    noToken: 'This set-up link is not complete',
    noTokenHelp: 'Copy the whole link from the server’s terminal, up to its last character. A new one is printed each time the server starts.',
    resetTitle: 'Choose a new password',
    resetHelp: 'Every session of this account ends, on all computers.',
    newPassword: 'New password',
    reset: 'Save the password',
    resetDone: 'The password is changed',
    resetDoneHelp: 'The old one works no more, and this link neither.',
    noResetToken: 'This reset link is not complete',
    noResetTokenHelp: 'Copy the whole link, up to its last character. It works once.',
    signInNext: 'You can sign in on the next page.',
    haveAccount: 'I have an account',
    show: 'Show the password',
  },

  workflows: {
    title: 'Workflows',
    help: 'What happens by itself, and what starts it.',
    name: 'Name',
    copyUrl: 'Copy the URL',
    copied: 'Copied',
    more: 'Show more',
    noTrigger: 'Nothing starts it yet',
    moreTriggers: (n: number) => `and ${count(n, 'other trigger', 'other triggers')}`,
    held: (n: number) => `${count(n, 'event', 'events')} kept`,
  },

  status: {
    draft: 'Draft',
    live: (version: number) => `Live: v${version}`,
    liveChanged: (version: number) => `Live: v${version}, your draft has changes`,
    paused: 'Paused',
    pausedHeld: (n: number) => `Paused: ${count(n, 'event', 'events')} held`,
    deleted: 'In the trash',
    draftHeld: (n: number) => `Draft: ${count(n, 'event', 'events')} kept`,
  },

  workflow: {
    back: 'All workflows',
    resume: 'Resume',
    pausedNow: 'Paused. New events are kept until you resume.',
    resumedNow: 'Running again.',
    inStep: (name: string) => `In “${name}”`,
    version: (v: number) => `v${v}`,
    heldTitle: (n: number) => `What about the ${count(n, 'event', 'events')} kept so far?`,
    heldRun: 'Run them now',
    heldRunHelp: 'In the order in which they arrived.',
    heldKeep: 'Keep them',
    heldKeepHelp: 'Decide later; new events run at once.',
    heldDiscard: 'Throw them away',
    heldDiscardHelp: 'They stay in the history but will never run.',
    cancel: 'Cancel',
  },

  runs: {
    title: 'Runs',
    help: 'Every time a workflow started, newest first.',
    status: 'Status',
    anyStatus: 'Any status',
    workflow: 'Workflow',
    anyWorkflow: 'Any workflow',
    started: 'Started',
    took: 'Took',
    emptyTitle: 'No runs yet',
    emptyHelp: 'Publish a workflow and send something to its URL: the run appears here by itself, no need to reload.',
    toWorkflows: 'Go to the workflows',
    none: 'No run matches',
    noneHelp: 'Choose another status or workflow.',
    deleted: 'Deleted workflow',
    noWorkflow: 'Without a workflow',
    test: 'Test',
  },

  runStatus: {
    queued: 'Waiting to start',
    running: 'Running',
    waiting: 'Waiting',
    held: 'Kept while paused',
    succeeded: 'Done',
    failed: 'Failed',
    canceled: 'Stopped',
    parked: 'Needs you',
  },

  runEnd: {
    filter: 'Ended early: a condition was not met',
    stop: 'Ended by a stop step',
    goal: 'Ended because its goal was reached',
  } as Record<string, string>,

  stepStatus: {
    pending: 'Not yet',
    running: 'Running',
    waiting: 'Waiting',
    succeeded: 'Done',
    skipped: 'Skipped',
    failed: 'Failed',
    canceled: 'Stopped',
    unknown: 'We could not confirm this was sent',
  },

  run: {
    back: 'All runs',
    title: (workflow: string) => `Run of ${workflow}`,
    started: 'Started',
    ended: 'Ended',
    took: 'Took',
    version: 'Version',
    draft: 'Draft',
    request: 'Request',
    contact: 'Contact',
    replayOf: 'Run again from',
    steps: 'Steps',
    noSteps: 'No step has begun yet.',
    went: 'What went in',
    came: 'What came out',
    nothingIn: 'This step took no values.',
    nothingOut: 'This step gave no values.',
    notes: 'Notes',
    goesOnAt: 'Goes on',
    arrived: 'What started it',
    notYet: 'Not there yet.',
    attempts: (n: number) => count(n, 'attempt', 'attempts'),
    attemptOk: 'worked',
    attemptOpen: 'under way',
    next: 'next try',
    missing: 'Blank in this run',
    missingHelp: 'The event held no value for these, so they were left empty.',
    simulated: 'Preview: nothing was sent or changed',
    copyJson: 'Copy the JSON',
    whole: (size: string) => `Show all (${size})`,
    failed: 'This run stopped at an error',
    parked: 'We could not confirm that a step was carried out',
    parkedHelp: 'The connection broke after the data was sent, so the other side may have it or not. Look there, then say how to go on.',
    again: 'Run again',
    retry: 'Continue from failed step',
    stop: 'Stop this run',
    stopped: 'Stopped.',
    goesOn: 'The run goes on.',
    startedAgain: 'Started again as a new run.',
    decide: 'Decide',
    outcomeTitle: 'Did it arrive?',
    outcomeDone: 'Yes, it arrived',
    outcomeDoneHelp: 'Go on with the next step.',
    outcomeAgain: 'No, send it again',
    outcomeAgainHelp: 'The same data with the same key, so a careful receiver notices a repeat.',
    outcomeSkip: 'Leave it out',
    outcomeSkipHelp: 'Go on without this step.',
    goOn: 'Go on',
    developer: 'Details for developers',
  },

  time: {
    none: 'not yet',
    justNow: 'just now',
    ms: (n: number) => `${n.toLocaleString('en')} ms`,
    s: (n: number) => `${n.toLocaleString('en', { maximumFractionDigits: 1 })} s`,
    minutes: (m: number, s: number) => `${m} min ${s} s`,
    hours: (h: number, m: number) => `${h} h ${m} min`,
  },

  /** Plain names that take the place of a node type's own. */
  nodeTypes: {
    'webhook.catch': 'Incoming webhook',
    'webhook.send': 'Send data (webhook)',
    'flow.branch': 'If / else',
    'flow.filter': 'Only continue if',
    'flow.loop': 'For each item',
    'flow.wait': 'Wait',
    'flow.stop': 'Stop here',
    'contact.upsert': 'Create or update contact',
    'contact.find': 'Find contact',
    'contact.add_tag': 'Add tag',
    'contact.remove_tag': 'Remove tag',
    'offer.grant': 'Grant offer',
    'offer.revoke': 'Revoke offer',
    'manual.start': 'Started by hand',
  } as Record<string, string>,
}
