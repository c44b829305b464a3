import { describe, expect, it } from 'vitest'
import { decisionOfGrants, type GrantOfHolder, grantsByHolder } from '../../src/federation/holderGrants.ts'
import { type Holder, wholeKind } from '../../src/foundation/holder.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { grantFor } from './support/gateway.ts'

const force = (id: string): Holder => ({
  ...wholeKind('police'),
  ...{ id, organisation: id, name: id, contact: { office: 'x' }, areas: [] },
})
const forces = ['F1', 'F2', 'F4'].map(force)
const linked = (more: Partial<Grant> = {}): Grant =>
  grantFor('police', 'C04', {
    persons: ['one', 'two', 'one'],
    holders: ['F1', 'F4', 'F4'],
    heldRecords: ['m-1', 'm-1'],
    heldBy: ['F1', 'F4'],
    ...more,
  })
const back = (grants: readonly GrantOfHolder[]): Grant =>
  decisionOfGrants(grants as [GrantOfHolder, ...GrantOfHolder[]], forces)

describe('grants of holders', () => {
  it('are one for each who knows the child, with their own persons and what they hold back', () => {
    const grants = grantsByHolder(linked(), forces)
    expect(grants.map(({ holder, grant }) => [holder, grant.persons, grant.heldRecords])).toEqual([
      ['F1', ['one'], ['m-1']],
      ['F4', ['two', 'one'], ['m-1']],
    ])
    expect(grants.every(({ grant }) => grant.holders === undefined)).toBe(true)
  })

  it('are the decision again when they are put together', () => {
    const { persons, holders, heldRecords, heldBy, content, apart } = back(grantsByHolder(linked(), forces))
    expect({ persons, holders, heldRecords, heldBy, apart }).toEqual({
      ...{ persons: ['one', 'two', 'one'], holders: ['F1', 'F4', 'F4'] },
      ...{ heldRecords: ['m-1', 'm-1'], heldBy: ['F1', 'F4'], apart: undefined },
    })
    expect(content).toBe(linked().content)
  })

  it('keep apart who holds back more: their grant opens less, and no other’s does', () => {
    const { apart: _none, ...common } = linked()
    const grants = grantsByHolder(linked({ apart: [{ ...common, content: 0, headline: 0, heldBackBy: 'F4' }] }), forces)
    expect(grants.map(({ holder, grant }) => [holder, grant.content === 0])).toEqual([
      ['F1', false],
      ['F4', true],
    ])
    const decision = back(grants)
    expect(decision.content).toBe(common.content)
    expect(decision.apart?.map(({ heldBackBy, content, headline }) => [heldBackBy, content, headline])).toEqual([
      ['F4', 0, 0],
    ])
  })

  it.each<[string, Grant, readonly Holder[]]>([
    ['nobody knows the child', linked({ persons: [], holders: [] }), forces],
    ['a link names no holder', linked({ holders: ['F1', '', 'F4'] }), forces],
    ['a link names one who is not of the registry', linked({ holders: ['F1', 'F9', 'F4'] }), forces],
    ['the registry tells nobody apart', linked(), [wholeKind('police')]],
  ])('are one for the kind where %s', (_, grant, holders) => {
    const [only, ...others] = grantsByHolder(grant, holders)
    expect([only?.holder, only?.grant.persons, others]).toEqual([null, grant.persons, []])
  })
})
