import type { AgencyName } from '../../../src/agencies.ts'
import type { Persona } from '../../../src/auth/persona.ts'
import { type Label, labels } from '../../../src/policy/labels.ts'
import type { Pack } from '../../../src/policy/pack.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { formerNhsNumber, type Hiding, hideRows, mark } from './hiddenRows.ts'

/** One way in which a store differs from its twin, and from whom the difference is hidden. */
export interface World {
  readonly name: string
  /** By the pack's own lists and the agencies' homes, not by any mask or grant of the gateway. */
  readonly hiddenFrom: (persona: Persona) => boolean
  readonly apply: (gateway: TestGateway, children: readonly HiddenChild[]) => Promise<void>
}

export interface HiddenChild {
  readonly id: string
  readonly persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>
}

const rowsWorld = (name: string, hiddenFrom: World['hiddenFrom'], hiding: Hiding): World => ({
  name,
  hiddenFrom,
  apply: async (gateway, children) => {
    await hideRows(
      gateway,
      children.map(({ persons }) => persons),
      hiding,
    )
  },
})

/** Agencies whose own people may read what the agency neither confirms nor denies to others. */
const isAnyHome = ({ agencyType }: Persona): boolean =>
  ['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'].includes(agencyType)

const silentFor =
  (pack: Pack, label: Label) =>
  ({ role }: Persona): boolean => {
    const { hiddenFrom, access } = pack.labels[label]
    // A role that is hidden from and listed at once reads something for some purpose; it is not counted here.
    if (access.some(({ roles }) => roles.includes(role))) return false
    return hiddenFrom === 'ALL_OTHERS' || hiddenFrom.includes(role)
  }

/** Labels that the pack hides from somebody. */
export const silentLabels = (pack: Pack): readonly Label[] =>
  labels.filter((label) => pack.labels[label].hiddenFrom.length > 0 && label !== 'VICTIM_ANONYMITY')

const between = '2026-06-15T08:00:00Z'
const latest = '2026-11-20T23:59:58Z'

/** Every world of the proof. */
export const worldsOf = (pack: Pack): readonly World[] => [
  ...['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'].map(
    (home): World => ({
      name: `neither confirmed nor denied by ${home}`,
      hiddenFrom: ({ agencyType }) => agencyType !== home,
      apply: async (gateway, children) => {
        for (const { persons } of children) {
          const own = Object.entries(gateway.opened.contracts).filter(([, contract]) => contract.home === home)
          const only = Object.fromEntries(own.map(([agency]) => [agency, persons[agency as AgencyName] ?? []]))
          await hideRows(gateway, [only], { handling: 'NCND', recordedAt: latest })
        }
      },
    }),
  ),
  rowsWorld('judged not relevant', (persona) => !isAnyHome(persona), {
    relevance: 'NOT_RELEVANT',
    recordedAt: between,
  }),
  rowsWorld('recorded after the day of the view', () => true, { recordedAt: '2026-11-21T09:00:00Z' }),
  ...silentLabels(pack).map((label) =>
    rowsWorld(`rows of ${label}`, silentFor(pack, label), { label, recordedAt: latest }),
  ),
  ...silentLabels(pack).map((label) => holdsWorld(pack, label)),
  linksWorld,
  formerIdentifierWorld(pack),
]

/** Holds on a silent label, and on single records of it. */
const holdsWorld = (pack: Pack, label: Label): World => ({
  name: `holds on ${label}`,
  hiddenFrom: silentFor(pack, label),
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    for (const { id, persons } of children) {
      await hideRows(gateway, [persons], { label, recordedAt: latest })
      for (const [index, agency] of Object.keys(persons).entries())
        await knex('gateway.hold').insert([
          { ...hold(id, agency), id: `${id}-${index}-label${mark}`, label },
          { ...hold(id, agency), id: `${id}-${index}-record${mark}`, record_id: `some-record${mark}` },
        ])
    }
  },
})

const hold = (child: string, agency: string) => ({
  child_id: child,
  agency,
  kind: 'DETRIMENT',
  reason: 'Hidden reason',
  owner: 'HOLDER, elsewhere',
  review_on: '2027-01-01',
  recorded_at: latest,
})

/** An agency that knows the child by hidden records alone, under an id of its own. */
const linksWorld: World = {
  name: 'links through hidden records',
  hiddenFrom: (persona) => !isAnyHome(persona) || persona.role === 'INFORMATION_GOVERNANCE_OFFICER',
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    for (const { id } of children) {
      const persons = Object.fromEntries(
        Object.keys(gateway.opened.contracts).map((agency) => [agency, [`${agency}-${id}${mark}`]]),
      )
      await knex('gateway.link').insert(
        Object.entries(persons).map(([agency, [person]]) => ({
          child_id: id,
          agency,
          person_id: person,
          since: '2020-01-01',
        })),
      )
      await hideRows(gateway, [persons], { handling: 'NCND', recordedAt: latest })
    }
  },
}

/** The number from before an adoption still leads to the child in the gateway's links. */
const formerIdentifierWorld = (pack: Pack): World => ({
  name: 'identifiers from before an adoption',
  hiddenFrom: silentFor(pack, 'ADOPTION'),
  apply: async (gateway, children) => {
    const first = children.slice(0, 1)
    await gateway.opened.setting.opening.store
      .knex('gateway.identifier')
      .insert(first.map(({ id }) => ({ scheme: 'NHS_NUMBER', value: formerNhsNumber, child_id: id, verified: true })))
    await hideRows(
      gateway,
      first.map(({ persons }) => persons),
      { label: 'ADOPTION', recordedAt: latest },
    )
  },
})
