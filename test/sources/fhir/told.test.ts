import { describe, expect, it } from 'vitest'
import { completenessOf } from '../../../src/childView/countCompleteness.ts'
import { withheldBy, withheldOfRecord } from '../../../src/childView/withheld.ts'
import { contractBehindFhir } from '../../../src/sources/bindings/fhir/contract.ts'
import { contract as plain } from '../../../src/sources/health.ts'
import { modelOf } from '../../federation/support/agency.ts'
import { book, grantWithout, ownClinician } from './support/reading.ts'

const contract = modelOf(contractBehindFhir(plain, book)).layout.contract
const before = modelOf(plain).layout.contract

const unclassified = {
  reason: 'W_UNCLASSIFIED',
  category: null,
  level: 'HEADLINE',
  controller: 'HEALTH',
  contact: null,
  requestable: true,
}

describe('that there may be records which nobody classified', () => {
  it('is told to whoever may know of general ones, and of no single record', () => {
    expect(withheldBy(grantWithout(['rowan']), contract)).toEqual([unclassified])
    expect(withheldBy(ownClinician(['rowan']), contract)).toEqual([unclassified])
    const withheld = [
      { label: 'HEALTH_GENERAL', level: 'HEADLINE', reason: 'W_CONSENT_NOT_SOUGHT', rule: '23', requestable: true },
    ] as const
    const shut = grantWithout(['rowan'], ['HEALTH_GENERAL'], { withheld })
    expect(withheldBy(shut, contract)).toContainEqual(unclassified)
    expect(withheldOfRecord(['HEALTH_GENERAL', 'HEALTH_MENTAL'], grantWithout(['rowan']), contract)).toEqual([])
  })

  it('is not told to those to whom general records are as if nothing were held, nor where no such holder is connected', () => {
    expect(withheldBy(grantWithout(['rowan'], ['HEALTH_GENERAL']), contract)).toEqual([])
    expect(withheldBy(grantWithout(['rowan']), before)).toEqual([])
  })

  it('keeps a number from being whole, and from nothing else', () => {
    const completeness = (of: typeof contract, list: string) => {
      const grants = { health: grantWithout(['rowan']) }
      const ground = { grants, contracts: { health: of }, answers: { health: { state: 'ANSWERED' } } }
      return completenessOf({ grounds: [{ health: { [list]: ['eventAt'] } } as never] }, ground as never)
    }
    expect(completeness(contract, 'gpEntries')).toMatchObject({
      completeness: 'AT_LEAST',
      without: [{ agency: 'HEALTH', state: 'PARTIAL', label: null, reason: 'W_UNCLASSIFIED' }],
    })
    expect(completeness(contract, 'registrations').completeness).toBe('WHOLE')
    expect(completeness(before, 'gpEntries').completeness).toBe('WHOLE')
  })

  it('says of each list which labels its records can bear besides', () => {
    expect(contract.lists['gpEntries']?.rowLabels).toEqual([
      'HEALTH_MENTAL',
      'HEALTH_SEXUAL',
      'HEALTH_SARC',
      'CHILD_SUBSTANCE',
      'DOMESTIC_ABUSE',
    ])
    expect(contract.lists['restraints']).toEqual(before.lists['restraints'])
    expect(contract.lists['person']?.unclassified).toBeUndefined()
  })
})
