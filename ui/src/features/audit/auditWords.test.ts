import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../api/members'
import { details, didWhat } from './auditWords'

describe('entries of the audit log', () => {
  it('says what was done', () => {
    expect(didWhat('workflow.published')).toBe('Published a workflow')
    expect(didWhat('purchase.deactivate')).toBe('Purchase deactivate')
  })

  it('shows facts in one line', () => {
    const entry = { detail: { email: 'a@example.com', role: 'client_viewer', version: 3, scopes: ['*'] } } as unknown as AuditEntry
    expect(details(entry)).toBe('email: a@example.com, role: Client viewer, version: 3, scopes: ["*"]')
    expect(details({} as AuditEntry)).toBe('')
  })
})
