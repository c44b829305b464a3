import { getDirectiveValues, isObjectType } from 'graphql'
import gatewaySeed from '../../seeds/gateway.ts'
import { purposesOfRole } from '../../seeds/personas.ts'
import { roles } from '../../src/policy/vocabulary.ts'
import { limits } from '../../src/server/operationLimits.ts'
import { publicSchema, wholeOf, wholeTransfer, wholeView } from '../acceptance/support/wholeView.ts'
import type { Operation } from '../leaks/support/gatewayAsClient.ts'

/** What is asked about one case, in order. Each question is answered, or refused, in an answer of its own. */
export interface Case {
  readonly name: string
  readonly questions: readonly Operation[]
}

/** A transfer that was asked for before anybody was questioned. */
export interface StoredTransfer {
  readonly name: string
  /** None where it was refused: that too is a case. */
  readonly id: string
}

const written = (query: string): Operation => ({ query })

/** A field of every label, so that every rule of the policy explains itself: the first that bears it, by name. */
const fieldOfEachLabel: readonly string[] = (() => {
  const found = new Map<string, string>()
  for (const type of Object.values(publicSchema.getTypeMap()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Sourced')) continue
    const ofType = labelIn(type.astNode)
    for (const field of Object.values(type.getFields())) {
      const label = labelIn(field.astNode) ?? ofType
      if (label !== null && !found.has(label)) found.set(label, `${type.name}.${field.name}`)
    }
  }
  return [...found.values()]
})()

function labelIn(node: Parameters<typeof getDirectiveValues>[1] | null | undefined): string | null {
  const directive = publicSchema.getDirective('label')
  const given = directive && node ? getDirectiveValues(directive, node)?.['is'] : undefined
  return typeof given === 'string' ? given : null
}

const earlier = '2026-06-15T12:00:00Z'

// The hash of the pack is not asked: a pack that changes one rule would change every answer.
const explained = wholeOf('Explanation', ['packHash'])
const supposed = wholeOf('WhatIf', ['packHash'])

/** Several fields of the root in one operation, each under a name of its own: as many as one operation may have. */
const together = (fields: readonly string[]): readonly Operation[] =>
  Array.from({ length: Math.ceil(fields.length / limits.rootFields) }, (_, page) => {
    const from = page * limits.rootFields
    const some = fields.slice(from, from + limits.rootFields)
    return written(`{ ${some.map((field, place) => `q${from + place}: ${field}`).join(' ')} }`)
  })

const findings = (id: string): readonly Operation[] => {
  const numbers = gatewaySeed.identifiers.filter(({ child }) => child === id)
  const numberOf = (wanted: string) => numbers.find(({ scheme }) => scheme === wanted)?.value
  const bornOn = gatewaySeed.children.find((child) => child.id === id)?.bornOn
  const known = [
    ['nhsNumber', numberOf('NHS_NUMBER')],
    ['upn', numberOf('UPN')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: "${value}"`]))
  const agencyIds = [
    ...new Set(
      gatewaySeed.links
        .filter(({ child }) => child === id)
        .map(({ agency, person }) => `agencyId: { agency: ${agencyValue[agency]}, value: "${person}" }`),
    ),
  ]
  const found = `{ id names { ${wholeOf('PersonName')} } dateOfBirth }`
  const matched = '{ outcome question child { id } }'
  return [
    ...together([...known, ...agencyIds].map((by) => `findChild(${by}) ${found}`)),
    ...(bornOn ? known : []).map((number) =>
      written(`{ matchChild(person: { ${number}, dateOfBirth: "${bornOn}" }) ${matched} }`),
    ),
  ]
}

/** Of the agencies that the baseline was taken with. */
const agencyValue: Readonly<Partial<Record<string, string>>> = {
  health: 'HEALTH',
  education: 'EDUCATION',
  police: 'POLICE',
  adultServices: 'ADULT_SERVICES',
  socialCare: 'CHILDRENS_SOCIAL_CARE',
}

const ofChild = (id: string): Case => ({
  name: id,
  questions: [
    { query: wholeView(), variables: { id } },
    written(
      `{ child(id: "${id}", asOf: "${earlier}") { asOf status { ${wholeOf('Status')} } sources { agency state recordCount asOf }
        chronology(first: 200) { total events { id } } involvements(openOnly: false) { id to } missing { total { value completeness } } } }`,
    ),
    ...findings(id),
    ...(['Hold', 'Consent', 'Relationship'] as const).map((type) =>
      written(`{ ${type.toLowerCase()}s(childId: "${id}") { ${wholeOf(type)} } }`),
    ),
    written(`{ subjectAccess(childId: "${id}") { ${wholeOf('SubjectAccess', ['auditId'])} } }`),
    ...together(fieldOfEachLabel.map((field) => `explain(childId: "${id}", field: "${field}") { ${explained} }`)),
    ...together(
      roles.map(
        (role) => `whatIf(childId: "${id}", role: "${role}", purpose: ${purposesOfRole[role][0]}) { ${supposed} }`,
      ),
    ),
  ],
})

/**
 * Questions that name no child, and that nobody's asking changes. Not among them: access logs and notices, the audit
 * log and reviews of identity, which say who asked what before.
 */
const ofNobody: Case = {
  name: 'registers',
  questions: [
    ...['LA2', 'LA3', 'LA5'].map((la) => `{ placedOut(la: "${la}") { id names { family given } status { level } } }`),
    `{ holdsToReview { ${wholeOf('Hold')} } }`,
    `{ breakGlassNotices { ${wholeOf('BreakGlassNotice')} } }`,
    `{ breakGlassReviews(openOnly: false) { ${wholeOf('BreakGlassReview')} } }`,
    '{ auditErasure { before } }',
  ].map(written),
}

/** Duties that reading brings: asked once everything else was, since until then they grow with every answer. */
export const duties: Case = {
  name: 'duties afterwards',
  questions: [written(`{ obligations { ${wholeOf('Obligation')} } }`)],
}

const ofTransfer = ({ name, id }: StoredTransfer): Case => ({
  name,
  questions: [
    { query: wholeTransfer(), variables: { id } },
    written(
      `{ transferSummary(transferId: "${id}") { child { id names { family } sources { agency state recordCount } } } }`,
    ),
  ],
})

/** Every case: the children of the stories, the registers, the transfers, and what all of that brought. */
export const casesWith = (transfers: readonly StoredTransfer[]): readonly Case[] => [
  ...gatewaySeed.children.map(({ id }) => ofChild(id)),
  ofNobody,
  ...transfers.map(ofTransfer),
  duties,
]
