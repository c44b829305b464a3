import type { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import type { ChildPlan } from '../disclosure/needsPlan.ts'
import type { Circle } from '../exchange/involvedOrganisations.ts'
import type { Organisation } from '../exchange/mailboxes.ts'
import { type FollowedRelationship, followedFrom } from '../facts/followedRelationships.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { type Answers, type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { RelationshipRegister } from '../registers/workingRelationships.ts'
import type { Row } from '../sources/contract.ts'
import { listsOf } from '../sources/recordSet.ts'
import type { Catalogue } from './catalogue.ts'

/** What is the same for every request. */
export interface CircleSetting {
  readonly opening: Pick<AccessSetting, 'clock'>
  readonly catalogue: Pick<Catalogue, 'registry' | 'model'>
  readonly relationships: RelationshipRegister
  readonly organisationOf: (code: string) => Organisation | null
}

interface CircleQuestion {
  readonly childId: string
  readonly facts: ChildFacts
  readonly plan: ChildPlan
}

/**
 * Who has to do with a child today: from the gateway's own registers, current records of each, and the home or carer
 * of the placement on record.
 */
export async function circleOf(
  { opening, organisationOf, relationships, catalogue }: CircleSetting,
  access: ChildAccess,
  { childId, facts, plan }: CircleQuestion,
): Promise<Circle> {
  const today = opening.clock.today()
  const day = ukDay(today)
  const [recorded, answers] = await Promise.all([
    relationships.inForce(childId, day),
    access.undisclosed.internally(facts, plan),
  ])
  const followed = answeredKinds(answers).flatMap(([kind, rows]) =>
    followedFrom(rows, catalogue.model.contracts[kind], day),
  )
  const registered = onceEach([...recorded, ...followed]).map(({ kind, organisation }) => ({
    code: organisation,
    kind,
    organisation: organisationOf(organisation),
  }))
  const carers = carersIn(answers as AnswersTo<typeof careNeeds>, day, catalogue.registry)
    .filter((code) => !registered.some((each) => each.code === code && each.kind === 'ALLOCATED'))
    .map((code) => ({ code, kind: 'ALLOCATED' as const, organisation: organisationOf(code) ?? provider(code) }))
  return { responsibleLa: facts.responsibleLa, areaLa: facts.areaLa, involved: [...registered, ...carers] }
}

type Known = Pick<FollowedRelationship, 'organisation' | 'kind'>

/** An organisation that is recorded and that a record shows is there once of each kind. */
const onceEach = (all: readonly Known[]): readonly Known[] => [
  ...new Map(all.map((each) => [`${each.organisation} ${each.kind}`, each])).values(),
]

const answeredKinds = (
  answers: Answers,
): readonly (readonly [AgencyName, Readonly<Record<string, readonly Row[]>>])[] =>
  agencies.flatMap((kind) => {
    const answer = answers[kind]
    return answer.state === 'ANSWERED' ? [[kind, listsOf(answer.records)] as const] : []
  })

export const careNeeds = {
  socialCare: {
    placements: ['provenance.supersedes', 'eventAt', 'provider', 'providerCode', 'ofstedUrn', 'from', 'to'],
  },
} as const satisfies RequiredFields

/**
 * Codes of the homes and carers at which an open placement is on record, as the registry of holders knows them. One
 * that it does not know is the carer all the same: by the code of the record, and a person has to ask there.
 */
export function carersIn(
  answers: AnswersTo<typeof careNeeds>,
  day: string,
  { holders }: Pick<Registry, 'holders'>,
): readonly string[] {
  const homes = [...holders.values()].filter(
    ({ service }) => service === 'CHILDRENS_HOME' || service === 'FOSTER_CARER',
  )
  const codes = uncorrected(rowsOf(answers, 'socialCare', 'placements'))
    .filter((row) => openOn(day, textOf(row, 'from') ?? textOf(row, 'eventAt'), textOf(row, 'to')))
    .flatMap((row) => {
      const [urn, provider] = [textOf(row, 'ofstedUrn'), textOf(row, 'provider')]
      const names = [urn, provider, textOf(row, 'providerCode')]
      const known = homes.filter(({ name, organisation }) => names.includes(name) || names.includes(organisation))
      // A provider's code of the return says what kind of provider it is, and not which.
      return known.length > 0 ? known.map(({ id, organisation }) => organisation ?? id) : (urn ?? provider ?? [])
    })
  return [...new Set(codes)]
}

/** A home for which no issuer speaks: nobody of it can sign in, and a person has to ring. */
const provider = (code: string): Organisation => ({ code, agencyType: 'CARE_PROVIDER', la: null, force: null })
