// Ready-made workflows.
export const recipes = {
  steps: 'What it does',
  needed: 'This is needed.',
  failed: 'The workflow was not made',
  go: 'Make this workflow',
  chooseOffer: 'Choose an offer, or type a new one',
  typeOffer: 'Type a title to make a new offer',
  newOffer: (title: string) => `New offer “${title}”`,
}
