import type { ClassifiedField, GovernanceServices, Registers } from '../../resolvers/governance/services.ts'
import { personNeeds, personsOf } from '../childView/matchedPersons.ts'
import type { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import { planOfNeeds } from '../disclosure/needsPlan.ts'
import { type AgencyName, agencies, eachAgency, leadAgency } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import type { Label } from '../policy/labels.ts'
import {
  governs,
  mayReadWords,
  maySign,
  type PartyReader,
  type PlacedOrganisation,
  partyReading,
} from '../policy/namedParty.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import { widestReach } from '../policy/placePrecision.ts'
import { elsewhereOf } from '../policy/whatWouldOpen.ts'
import { listsOf } from '../sources/recordSet.ts'
import type { Stores } from '../store/stores.ts'
import { elsewhere, joinedFile, organisationsOf } from '../subjectAccess/controllerOrganisations.ts'
import { type SubjectFile, subjectFileOf, wholeFile } from '../subjectAccess/subjectAccess.ts'
import { subjectGrants } from '../subjectAccess/subjectGrants.ts'
import type { Catalogue } from './catalogue.ts'

export interface ServiceSetting {
  readonly opening: AccessSetting
  readonly stores: Stores
  readonly catalogue: Catalogue
}

/** Registers and explanations for one request. What is written takes effect on the facts of the same request too. */
export function governanceOf({
  opening,
  catalogue,
  registers,
  twoPersons,
  organisationOf,
  messagesForSubject,
}: Omit<ServiceSetting, 'stores'> & {
  readonly registers: Registers
  readonly organisationOf: (code: string) => PlacedOrganisation | null
  readonly messagesForSubject: (childId: string, organisations: readonly string[]) => Promise<SubjectFile['messages']>
  readonly twoPersons: boolean
}): (caller: Caller, opener: ChildAccess) => GovernanceServices {
  const fields = classifiedFields(catalogue)
  const wholePlan = planOfNeeds(wholeFile(catalogue.model.layouts), catalogue.model)
  const personPlan = planOfNeeds(personNeeds, catalogue.model)
  const homes = eachAgency((agency) => catalogue.model.contracts[agency].home)
  const fileGrants =
    ({ pseudonymKey }: ChildAccess, facts: ChildFacts, organisation: string) =>
    (asOf: string) =>
      subjectGrants({ facts, labelsOf: opening.labels, organisation, homes, pseudonymKey, asOf })
  return (caller, opener) => ({
    ...registers,
    policy: opener.policy,
    twoPersons,
    grant: (facts, agency) => opener.grant(facts, agency),
    placed: organisationOf,
    maySign: (facts, party) =>
      governs(caller) || maySign(party, organisationOf(party.organisation), readerOf(opener, facts)),
    mayReadWords: (facts, party) =>
      governs(caller) || mayReadWords(party, party && organisationOf(party.organisation), readerOf(opener, facts)),
    partyReading: (facts, party) =>
      governs(caller) ? 'NAMED' : partyReading(party, organisationOf(party.organisation), readerOf(opener, facts)),
    elsewhere: (facts, agency) => elsewhereOf(opener.policy, caller, (other) => opener.grantAs(other, facts, agency)),
    subjectFile: async (facts) => {
      const { contracts, layouts } = catalogue.model
      const organisations = organisationsOf(caller, catalogue.registry)
      const parts = organisations.map(async (organisation) => {
        const child = opener.openGranted(facts, wholePlan, fileGrants(opener, facts, organisation))
        const file = subjectFileOf({ layouts, grants: child.grants, answers: await child.answers() })
        return { ...file, elsewhere: elsewhere(agencies, contracts, catalogue.registry) }
      })
      const [messages, read] = await Promise.all([messagesForSubject(facts.childId, organisations), Promise.all(parts)])
      return { ...joinedFile(read), messages }
    },
    personsInFile: async (facts) => {
      // The area of a placement answers too, and has no file: then the file of the authority that keeps the case bears
      // a person out. Nothing of it is told.
      const keeper = facts.responsibleLa && { organisation: facts.responsibleLa, la: facts.responsibleLa }
      const answering = [caller, ...(keeper ? [keeper] : [])]
      const files = new Set(answering.flatMap((each) => organisationsOf(each, catalogue.registry)))
      const parts = [...files].map(async (organisation) =>
        personsOf(await opener.undisclosed.underGrants(facts, personPlan, fileGrants(opener, facts, organisation))),
      )
      return (await Promise.all(parts)).flatMap(({ persons }) => persons)
    },
    facts: (childId) => opener.facts(childId),
    forget: (childId) => opener.forget(childId),
    recordsBehindHolds: async (childId, agency) => {
      const rows = await ownRowsBehindHolds(opener, catalogue, caller, childId, agency, (grants) => grants)
      return new Set(rows.map(({ id }) => id))
    },
    plainLabelOf: async (childId, agency, recordId) => {
      const rows = await ownRowsBehindHolds(opener, catalogue, caller, childId, agency, unmarkedAlone)
      return rows.find(({ id }) => id === recordId)?.label ?? null
    },
    fieldOf: (coordinate) => fields.get(coordinate) ?? null,
  })
}

/** Places stand in the lead agency's grant; whom an adult's service is for, in the one that may say so. */
function readerOf(opener: ChildAccess, facts: ChildFacts): PartyReader {
  const { keeper, places } = opener.grant(facts, leadAgency)
  const grants = agencies.map((agency) => opener.grant(facts, agency))
  const headline = grants.reduce((labels, grant) => labels | grant.headline, 0)
  const ownPlaces = grants.reduce((reach, { own }) => (own ? widestReach(reach, own.places) : reach), places)
  return { organisation: opener.caller.organisation, headline, places, ownPlaces, keeper }
}

type Grants = Readonly<Record<AgencyName, Grant>>

/** The same grants, but for records that their holder marked in some way. */
const unmarkedAlone = (grants: Grants): Grants => {
  const rows = { ncnd: false, conditions: false, undecided: false, notRelevant: false }
  return eachAgency((agency) => {
    const grant = grants[agency]
    return { ...grant, rows, own: grant.own && { ...grant.own, rows } }
  })
}

/**
 * The caller's own organisation's records of a child, as if no single one were held back: by the holder's own id, and
 * the label of each; null where a record bears another than its list's.
 */
async function ownRowsBehindHolds(
  opener: ChildAccess,
  { model }: Catalogue,
  { organisation }: Caller,
  childId: string,
  agency: AgencyName,
  under: (grants: Grants) => Grants,
): Promise<readonly { readonly id: string; readonly label: Label | null }[]> {
  const facts = await opener.facts(childId)
  if (!facts) return []
  const { lists } = model.layouts[agency]
  const fields = [holderField, 'sensitivity']
  const plan = planOfNeeds({ [agency]: Object.fromEntries([...lists.keys()].map((list) => [list, fields])) }, model)
  const unheld = { ...facts, holds: facts.holds.filter(({ recordId }) => recordId === null) }
  const grants = under(eachAgency((each) => opener.grant(unheld, each)))
  const answer = (await opener.undisclosed.underGrants(unheld, plan, () => grants))[agency]
  if (answer.state !== 'ANSWERED') return []
  return Object.entries(listsOf(answer.records)).flatMap(([list, rows]) => {
    const label = lists.get(list)?.type.label ?? null
    return rows
      .filter((row) => row[holderField] === organisation)
      .map(({ id, sensitivity }) => ({
        id: id.slice(id.indexOf(':') + 1),
        label: Array.isArray(sensitivity) && sensitivity.every((one) => one === label) ? label : null,
      }))
  })
}

/** Every labelled field of every agency, by coordinate. */
function classifiedFields({ model }: Catalogue): ReadonlyMap<string, ClassifiedField> {
  return new Map(
    agencies.flatMap((agency) => {
      const { home } = model.contracts[agency]
      return [...model.layouts[agency].lists.values()].flatMap(({ type, contract: { ownedBy } }) =>
        [...type.fields].map(
          ([field, { label, level, person, place }]) =>
            [
              `${type.name}.${field}`,
              {
                agency,
                home,
                label,
                level,
                person,
                place,
                list: { label: type.label, level: type.level, isOwned: ownedBy !== undefined },
              },
            ] as const,
        ),
      )
    }),
  )
}
