import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import type { Persona } from './support/people.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const asked = async (persona: Persona, purpose: Purpose, selection: string) => {
  const { data, errors } = await gateway.ask(persona, `{ child(id: "C04") { ${selection} } }`, { purpose })
  expect(errors).toEqual([])
  return data?.['child'] as unknown
}

const ringNow = { managingForce: 'F1', contact: expect.stringContaining('day and night') }

describe('Sam, in the demonstration', () => {
  it('is told to the police at a strategy discussion: plan and adults by name, and no confidence of health', async () => {
    const told = await asked(
      'police-public-protection',
      'STRATEGY_DISCUSSION',
      `socialCare { plans { level from } orders { type from } family { name } }
       police { managedOffenders { managingForce contact adult } personsOfConcern { name } }
       health { camhsEpisodes { presentingNeed } gpEntries { text } }`,
    )
    expect(told).toMatchObject({
      socialCare: { plans: expect.arrayContaining([expect.objectContaining({ level: expect.any(String) })]) },
      police: {
        managedOffenders: [{ ...ringNow, adult: 'Graham Pask' }],
        personsOfConcern: expect.arrayContaining([{ name: 'Darren Tull' }]),
      },
    })
    expect(JSON.stringify(told)).not.toMatch(/presentingNeed":"|text":"/)
  })

  it('is told to the receiving officer: whom to ring now and adults by name, never the managed offender’s', async () => {
    const told = await asked(
      'receiving-officer',
      'TRANSFER_RECEIVE',
      `police { managedOffenders { managingForce contact adult basis } personsOfConcern { name } intelligence { text } }
       socialCare { orders { type from to conditions } contacts { referrer } }`,
    )
    expect(told).toMatchObject({
      police: {
        managedOffenders: [{ ...ringNow, adult: null, basis: null }],
        personsOfConcern: expect.arrayContaining([{ name: 'Graham Pask' }]),
        // Not answered for a transfer: the same for every child.
        intelligence: null,
      },
    })
    expect(JSON.stringify(told)).not.toMatch(/referrer":"/)
  })

  it('is told to the social worker in an enquiry: that there is intelligence, of whom to ask, and nothing that it says', async () => {
    const told = await asked(
      'social-worker',
      'S47_ENQUIRY',
      'police { intelligence { eventAt provenance { force } subject text } missingEpisodes { foundWith } }',
    )
    const unsaid = { eventAt: expect.any(String), provenance: { force: 'F4' }, subject: null, text: null }
    expect(told).toMatchObject({ police: { intelligence: [unsaid, unsaid] } })
  })

  it('is told to the home: the order that it must obey, and nobody’s name among the adults of concern', async () => {
    const told = await asked(
      'care-home-worker',
      'CLA_REVIEW',
      `socialCare { plans { level } orders { type from to } }
       police { managedOffenders { managingForce } personsOfConcern { name } }`,
    )
    expect(told).toMatchObject({ socialCare: { orders: expect.any(Array) }, police: { managedOffenders: [] } })
    expect(JSON.stringify(told)).not.toMatch(/Graham Pask|Darren Tull/)
  })
})
