import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/policy/caller.ts'
import { isOpenKind } from '../../src/policy/cannotBeSaid.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import type { ChildFacts, ConsentFact, HoldFact } from '../../src/policy/facts.ts'
import { labels } from '../../src/policy/labels.ts'
import { pathOf, readPacks } from '../../src/policy/pack.ts'
import { accessOf } from '../../src/policy/roleAccess.ts'
import { rolesOfPack } from '../../src/policy/roleNames.ts'
import { purposes } from '../../src/policy/vocabulary.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { isWhole, sampled } from '../support/sample.ts'

const asOf = '2026-11-20T00:00:00Z'
const source = { agency: 'health', home: 'HEALTH', labels } as const
const plain = childFactsOf()

it('keeps apart the kinds that every pack hides from all others, of which no number speaks', () => {
  for (const { labels: policies } of readPacks())
    expect(labels.filter((label) => !isOpenKind(label))).toEqual(
      labels.filter((label) => policies[label].hiddenFrom === 'ALL_OTHERS'),
    )
})

const callersOf = (pack: Parameters<typeof rolesOfPack>[0]): readonly Caller[] =>
  [...rolesOfPack(pack)].flatMap(([role, { type }]) =>
    purposes.map(
      (purpose): Caller => ({
        ...{ issuer: 'I', subject: 'S', clientId: 'C', tokenId: 'T', expiresAt: 0, organisation: 'ORG' },
        ...{ la: null, force: null, agencyType: type, role, purpose },
      }),
    ),
  )

/** What a holder, a family or a court may have written of a label that the caller may not know of. */
const writtenOf = (label: (typeof labels)[number]): readonly Partial<ChildFacts>[] => {
  const hold = {
    id: 'H',
    agency: 'health',
    organisation: 'OTHER',
    recordId: null,
    label,
    reviewOn: '2026-12-01',
  } as const
  const held = (kind: HoldFact['kind']) => ({ holds: [{ ...hold, kind }] })
  const consent: ConsentFact = {
    ...{ id: 'C', labels: [label], recipient: null, purpose: null, recordedAt: asOf },
    ...{ state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' },
  }
  return [held('DETRIMENT'), held('EMBARGO'), held('COURT_PROHIBITED'), { consents: [consent] }]
}

describe.each((isWhole ? readPacks() : [demonstrationPack]).map((pack) => ({ pack, id: pack.id })))(
  'what is hidden, by $id',
  ({ pack }) => {
    const policy = compilePolicy(pack)
    const withheldFrom = (caller: Caller, facts: ChildFacts) => policy.grantFor(caller, facts, source, asOf).withheld
    const hidden = (caller: Caller, facts: ChildFacts) =>
      labels.filter((label) => {
        const path = pathOf(pack, caller.purpose, facts)
        const { hidden: isHidden, headline } = accessOf(pack, {
          ...{ label, caller, path, harmPath: path === 'HARM', own: false },
        })
        return isHidden && !headline
      })

    it('is named to everybody on the harm path as one of which nothing can be said, and nowhere else', () => {
      let named = 0
      for (const caller of callersOf(pack)) {
        const said = withheldFrom(caller, plain).filter(
          ({ reason, level }) => reason === 'W_CANNOT_BE_SAID' && level === 'HEADLINE',
        )
        const isHarm = pathOf(pack, caller.purpose, plain) === 'HARM'
        expect(said.map(({ label }) => label)).toEqual(isHarm ? hidden(caller, plain) : [])
        named += said.length
      }
      expect(named).toBeGreaterThan(500)
    })

    it('is named alike whatever was decided about it: by its holder, a court or the child', () => {
      let compared = 0
      for (const caller of callersOf(pack).filter(({ purpose }) => purpose === 'EMERGENCY'))
        for (const label of sampled(hidden(caller, plain), 4))
          for (const written of writtenOf(label)) {
            expect(withheldFrom(caller, { ...plain, ...written })).toEqual(withheldFrom(caller, plain))
            compared += 1
          }
      expect(compared).toBeGreaterThan(300)
    })

    it('is named to who answers for a missing child, an episode on record or none', () => {
      const caller = callersOf(pack).find(
        ({ role, purpose }) => role === 'MISSING_COORDINATOR' && purpose === 'MISSING_RESPONSE',
      )
      if (!caller) throw new Error('There is no co-ordinator.')
      for (const missing of ['SUPPORTED', 'UNSUPPORTED'] as const)
        expect(withheldFrom(caller, { ...plain, missing }).map(({ label }) => label)).toContain('HEALTH_SARC')
    })

    it('is named to whoever broke the glass, for whatever purpose', () => {
      const broken = { ...plain, breakGlass: true }
      const caller = callersOf(pack).find(({ role, purpose }) => role === 'GP' && purpose === 'DIRECT_CARE')
      if (!caller) throw new Error('There is no practitioner.')
      expect(withheldFrom(caller, broken).map(({ reason }) => reason)).toContain('W_CANNOT_BE_SAID')
      expect(withheldFrom(caller, plain).map(({ reason }) => reason)).not.toContain('W_CANNOT_BE_SAID')
    })
  },
)
