import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Label } from '../../src/policy/labels.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

/** Psychologists of the authority and of the home: that they are involved says what the child is treated for. */
const ofAuthority = ['"PSYCHOLOGIST"', 'Dr Anya Roe', '01632 960114']
const ofHome = ['HOME_PSYCHOLOGIST', 'Harbour House therapy service', 'Dr Neil Finch', '01632 960502']

/** Roles to which the label table opens the child's mental health, for some purpose. */
const rolesOf = (label: Label) => new Set<string>(demonstrationPack.labels[label].access.flatMap(({ roles }) => roles))
const readers = rolesOf('HEALTH_MENTAL')

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('a service that reveals what a child is treated for', () => {
  it('is told of to who may know that', async () => {
    const { text } = await gateway.ask('social-worker', wholeView(), {
      purpose: 'CLA_REVIEW',
      variables: { id: 'C04' },
    })
    for (const one of [...ofAuthority, ...ofHome]) expect(text).toContain(one)
  })

  const others = personas.filter(({ role }) => !readers.has(role))
  const asking = others.flatMap(({ id, purposes, organisation }) =>
    purposes.map((purpose) => [id, purpose, organisation] as const),
  )
  it.each(sampled(asking, 40))(
    'stands in no answer to %s for %s, wherever services are listed',
    async (id, purpose, organisation) => {
      const { text } = await gateway.ask(id, wholeView(), { purpose, variables: { id: 'C04' } })
      // An organisation knows whom it employs, and whom its own records name: invited to its meetings, paid for
      // sessions.
      const ofOwnRecords = [...ofAuthority, 'HOME_PSYCHOLOGIST', 'Harbour House therapy service']
      const own: readonly string[] = { 'HOME-LA5': ofHome, 'LA2-CSC': ofOwnRecords }[organisation] ?? []
      const needles = [...ofAuthority, ...ofHome].filter((one) => !own.includes(one))
      expect(needles.filter((one) => text.includes(one))).toEqual([])
    },
  )

  /** Of the mother: by what it treats, and by an offence. */
  const ofMother = [
    { label: 'ADULT_HEALTH', told: ['SUBSTANCE_SERVICE', 'Key worker Lowe', '01632 960302'] },
    { label: 'ADULT_JUSTICE', told: ['Officer Grant', '01632 960301'] },
  ] as const
  const atWork = personas.flatMap(({ id, role, purposes, organisation }) =>
    organisation === 'LA2-CSC' ? [] : purposes.map((purpose) => [id, purpose, role] as const),
  )
  it.each(sampled(atWork, 40))('of a parent stands in no answer to %s for %s either', async (id, purpose, role) => {
    const { text } = await gateway.ask(id, wholeView(), { purpose, variables: { id: 'C05' } })
    for (const { label, told } of ofMother)
      if (!rolesOf(label).has(role)) expect(told.filter((one) => text.includes(one))).toEqual([])
  })
})
