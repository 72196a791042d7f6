import { expect, it } from 'vitest'
import type { Template } from '../../api/templates'
import { matching } from './search'

const template = (id: string, name: string, apps: string[], steps: string[]): Template => ({
  id,
  name,
  apps,
  summary: '',
  category: 'Sales',
  icon: '',
  about: '',
  sources: [],
  inputs: [],
  workflows: [{ name, steps: steps.map((step) => ({ type: 'x', name: step, depth: 0 })) }],
  sample: null, own: false, editable: false, version: 0, updated_at: null,
})

it('G2 templates are found by every word of name, service and steps', () => {
  const all = [template('a', 'A Stripe sale', ['Stripe'], ['Grant offer']), template('b', 'A refund', ['Stripe', 'Slack'], ['Tell the team'])]
  const ids = (typed: string) => matching(all, typed).map((t) => t.id)
  expect(ids('')).toEqual(['a', 'b'])
  expect(ids('STRIPE team')).toEqual(['b'])
  expect(ids('grant')).toEqual(['a'])
  expect(ids('slack sale')).toEqual(['b'])
  expect(ids('paypal')).toEqual([])
})
