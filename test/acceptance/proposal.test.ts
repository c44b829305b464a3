import { getNamedType, isListType, isNonNullType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import type { Persona } from './support/people.ts'
import { publicSchema, wholeView } from './support/wholeView.ts'

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

  it.each([
    ['police-public-protection', 'STRATEGY_DISCUSSION'],
    ['school-dsl', 'CP_CONFERENCE'],
    ['care-home-worker', 'DAY_TO_DAY_CARE'],
  ] as const)('is told to %s for %s with the order that is in force, by type and dates', async (persona, purpose) => {
    expect(await asked(persona, purpose, 'legal { orders { type from } }')).toMatchObject({
      legal: { orders: [{ type: 'CARE_ORDER', from: expect.any(String) }] },
    })
  })

  it('is never said to have nothing, on harm, of what is hidden', async () => {
    const told = await asked(
      'school-dsl',
      'EMERGENCY',
      `sources { agency state holders { state } } health { sexualHealth { id } } police { intelligence { id } }
       withheld { reason text contact categories { category } }`,
    )
    expect(JSON.stringify(told)).not.toContain('NOTHING_HELD')
    expect(told).toMatchObject({
      health: { sexualHealth: null },
      police: { intelligence: null },
      withheld: expect.arrayContaining([
        expect.objectContaining({ reason: 'W_CANNOT_BE_SAID', text: expect.stringContaining('of any child') }),
      ]),
    })
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
    expect(told).toMatchObject({
      socialCare: { orders: [{ type: 'CARE_ORDER', from: expect.any(String) }] },
      police: { managedOffenders: [] },
    })
    expect(JSON.stringify(told)).not.toMatch(/Graham Pask|Darren Tull/)
  })
})

type Level = 'HEADLINE' | 'CONTENT'

/**
 * What came of each label: of a record that another organisation holds, and of the reader's own. Whatever field a type
 * has on the day of the test is looked at.
 */
function labelsIn(data: unknown, own: string): Readonly<Record<'own' | 'others', ReadonlySet<string>>> {
  const { classification } = gateway.opened.catalogue.model
  const found = { own: new Set<string>(), others: new Set<string>() }
  const walk = (value: unknown, typeName: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, typeName)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const type = publicSchema.getType(typeName)
    if (!isObjectType(type)) return
    const record = value as Readonly<Record<string, unknown>>
    const provenance = record['provenance'] as { readonly organisation?: unknown } | null | undefined
    const side = provenance?.organisation === own ? found.own : found.others
    for (const [name, field] of Object.entries(type.getFields())) {
      const inner = record[name]
      if (inner == null) continue
      const named = getNamedType(field.type)
      const said = classification.get(typeName)?.fields.get(name)
      const list = isListType(isNonNullType(field.type) ? field.type.ofType : field.type)
      // A pseudonym is no name, a list of records is told by its records.
      const isSubstitute = typeof inner === 'string' && /^[A-Z]+-/.test(inner) && said?.pseudonym != null
      if (said && !isObjectType(named) && !(list && (inner as readonly unknown[]).length === 0) && !isSubstitute)
        if (!['id', 'eventAt', 'provenance', 'sensitivity', 'withheld'].includes(name))
          side.add(`${said.label} ${said.level}`)
      walk(inner, named.name)
    }
  }
  walk(data, 'Child')
  return found
}

const whole = async (persona: Persona, purpose: Purpose) => {
  const { data, errors, text } = await gateway.ask(persona, wholeView(), { purpose, variables: { id: 'C04' } })
  expect(errors).toEqual([])
  return { child: data?.['child'], text }
}

/** Never read of another organisation's record by any of the three, at whatever level. */
const never = ['REFERRER_IDENTITY', 'ADOPTION', 'LEGAL_PRIVILEGE', 'WITNESS', 'IMMIGRATION'] as const
const contentOf = (...labels: readonly string[]) => labels.map((label) => `${label} ${'CONTENT' satisfies Level}`)
const sensitive = ['HEALTH_MENTAL', 'HEALTH_SEXUAL', 'HEALTH_SARC'] as const

type Reader = readonly [Persona, Purpose, string, must: readonly string[], mustNot: readonly string[], RegExp]

const readers: readonly Reader[] = [
  [
    'police-public-protection',
    'STRATEGY_DISCUSSION',
    'F4',
    ['SOCIAL_CARE HEADLINE', 'HEALTH_GENERAL HEADLINE', 'MANAGED_OFFENDER CONTENT', 'THIRD_PARTY CONTENT'],
    contentOf('SOCIAL_CARE', 'HEALTH_GENERAL', 'CHILD_SUBSTANCE', 'EDUCATION', ...sensitive),
    /Test offered|Traumatic bereavement|Urinary tract/,
  ],
  [
    'receiving-officer',
    'TRANSFER_RECEIVE',
    'LA5-CSC',
    ['SOCIAL_CARE CONTENT', 'THIRD_PARTY CONTENT', 'POLICE_RECORD CONTENT', 'MANAGED_OFFENDER HEADLINE'],
    [...contentOf('MANAGED_OFFENDER', 'HEALTH_GENERAL', ...sensitive), 'POLICE_INTELLIGENCE HEADLINE'],
    /Seen collecting children|found in the flat/,
  ],
  [
    'care-home-worker',
    'CLA_REVIEW',
    'HOME-LA5',
    ['SOCIAL_CARE HEADLINE', 'HEALTH_GENERAL CONTENT'],
    [
      ...contentOf('SOCIAL_CARE', 'THIRD_PARTY', 'POLICE_RECORD', 'CHILD_CONFIDENCE', ...sensitive),
      ...['MANAGED_OFFENDER HEADLINE', 'POLICE_INTELLIGENCE HEADLINE', 'ADULT_HEALTH HEADLINE'],
    ],
    /Seen collecting children|Graham Pask|Darren Tull|Kit Larwood/,
  ],
]

describe.each(readers)('Sam, over the whole schema, as %s for %s', (persona, purpose, own, must, mustNot, unsaid) => {
  it('is read as they must, and nothing that is not theirs', async () => {
    const { child, text } = await whole(persona, purpose)
    const { own: ofOwn, others } = labelsIn(child, own)
    const all = [...others, ...ofOwn]
    for (const label of must) expect(all, label).toContain(label)
    const closed = [...mustNot, ...never.flatMap((label) => [`${label} HEADLINE`, `${label} CONTENT`])]
    expect(closed.filter((label) => others.has(label))).toEqual([])
    expect(unsaid.exec(text)?.[0]).toBeUndefined()
    // Sam stands under no order: the list is read all the same, and is told to be empty.
    expect(child).toMatchObject({ socialCare: { orders: expect.any(Array) } })
  })
})
