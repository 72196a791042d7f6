// Workflows that the tests of the editor open.

const settings = { contact: 'optional', timezone: null }
const hook = { id: 'sale', type: 'webhook.catch', v: 1, name: 'Sale', params: {} }
const tag = (id, name) => ({ id, type: 'contact.add_tag', v: 1, params: { tags: [name] } })
const buyer = { id: 'buyer', type: 'contact.upsert', v: 1, name: 'Create the buyer', params: { email: '{{ trigger.body.email | lower() }}' } }

export const blank = (name) => ({ name, definition: { schema: 1, settings, triggers: [], steps: [] } })

/** Branches that go on, end and are empty, a loop, and a path for failures. */
export const everyShape = {
  name: 'Every shape',
  definition: {
    schema: 1,
    settings,
    triggers: [hook],
    steps: [
      buyer,
      {
        id: 'tier',
        type: 'flow.branch',
        v: 1,
        name: 'Big sale?',
        params: {},
        branches: [
          {
            id: 'vip',
            name: 'VIP',
            when: '{{ trigger.body.amount >= 10000 }}',
            steps: [
              tag('tag_vip', 'vip'),
              {
                id: 'tell',
                type: 'webhook.send',
                v: 1,
                name: 'Tell sales',
                params: { method: 'POST', url: 'https://example.com/sales', body: { email: '{{ steps.buyer.contact.email }}' } },
                on_error: { do: 'branch', steps: [tag('not_told', 'sales-not-told')] },
              },
            ],
          },
          { id: 'middle', name: 'Middle', when: { match: 'all', rules: [{ value: '{{ trigger.body.amount }}', is: 'more_than', to: 100 }] }, steps: [] },
          { id: 'rest', name: 'Everyone else', steps: [{ id: 'stop', type: 'flow.stop', v: 1, params: {} }] },
        ],
      },
      { id: 'items', type: 'flow.loop', v: 1, name: 'Each item', params: { items: '{{ trigger.body.items }}' }, steps: [tag('each', 'bought')] },
    ],
  },
}

/** A step, and two empty branches below it. */
export const emptyBranch = {
  name: 'Two ways',
  definition: {
    schema: 1,
    settings,
    triggers: [hook],
    steps: [
      { ...buyer, id: 'one' },
      {
        id: 'fork',
        type: 'flow.branch',
        v: 1,
        params: {},
        branches: [
          { id: 'yes', name: 'Yes', when: '{{ trigger.body.amount > 1 }}', steps: [] },
          { id: 'no', name: 'No', steps: [] },
        ],
      },
    ],
  },
}

/** A step with many branches, one step in each. */
export const wide = (n) => ({
  name: 'Many ways',
  definition: {
    schema: 1,
    settings,
    triggers: [hook],
    steps: [
      buyer,
      {
        id: 'fork',
        type: 'flow.branch',
        v: 1,
        params: {},
        branches: Array.from({ length: n }, (_, i) => ({
          id: `b_${i}`,
          name: `Way ${i}`,
          when: `{{ trigger.body.n == ${i} }}`,
          steps: [tag(`in_${i}`, i === n - 1 ? 'hidden-tag' : `tag-${i}`)],
        })),
      },
    ],
  },
})

/** A workflow of about n steps: rows of steps with a branching step now and then. */
export function long(n) {
  const steps = [buyer]
  let made = 1
  while (made < n) {
    const at = made
    if (at % 10 === 5 && made + 5 <= n) {
      const branches = ['yes', 'no'].map((id, side) => ({
        id,
        name: side === 0 ? 'Yes' : 'No',
        ...(side === 0 ? { when: `{{ trigger.body.n > ${at} }}` } : {}),
        steps: [tag(`s${at}_${id}_1`, 'a'), tag(`s${at}_${id}_2`, 'b')],
      }))
      steps.push({ id: `s${at}`, type: 'flow.branch', v: 1, name: `Choice ${at}`, params: {}, branches })
      made += 5
    } else {
      steps.push({ ...tag(`s${at}`, `tag-${at}`), name: `Step ${at}` })
      made += 1
    }
  }
  return { name: `${n} steps`, definition: { schema: 1, settings, triggers: [hook], steps } }
}
