import type { Label } from '../../../src/policy/labels.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { hideRows } from './hiddenRows.ts'
import type { HiddenChild, World } from './worlds.ts'

/**
 * Labels of records on which the gateway decides nothing. Of case status and missing it reads itself what is held back
 * from every reader: that decides who may know of the child.
 */
const heldLabels = [
  ...(['HEALTH_GENERAL', 'HEALTH_MENTAL', 'HEALTH_SEXUAL', 'HEALTH_SARC', 'CHILD_SUBSTANCE', 'EDUCATION'] as const),
  ...(['ADULT_HEALTH', 'ADULT_JUSTICE', 'DOMESTIC_ABUSE', 'THIRD_PARTY', 'MANAGED_OFFENDER'] as const),
  ...(['COURT_CONFIDENTIAL', 'CHILD_CONFIDENCE', 'REFERRER_IDENTITY'] as const),
] satisfies readonly Label[]

const recordedAt = '2026-11-20T23:59:58Z'

/**
 * What a court forbade: a label, at each agency that knows the child, before everybody, in both stores. No harm passes
 * it.
 */
async function holdBack(gateway: TestGateway, children: readonly HiddenChild[], label: Label) {
  const { knex } = gateway.opened.setting.opening.store
  const holds = children.flatMap(({ id, persons }) =>
    Object.keys(persons).map((agency) => ({
      ...{ id: `held-${id}-${agency}-${label}`, child_id: id, agency, label, kind: 'COURT_PROHIBITED' },
      ...{ reason: 'Live operation', owner: 'HOLDER, elsewhere', review_on: '2026-12-31', recorded_at: recordedAt },
    })),
  )
  await knex('gateway.hold').insert(holds)
  return () => knex('gateway.hold').where('id', 'like', 'held-%').delete()
}

/**
 * What is held back moves nothing: to whoever is told that it is held, two stores of which one has records under the
 * hold answer alike, in every list, number, sentence and page.
 */
export const heldWorlds: readonly World[] = heldLabels.map((label) => ({
  name: `held back: ${label}`,
  hiddenFrom: () => true,
  inBoth: (gateway, children) => holdBack(gateway, children, label),
  apply: async (gateway, children) => {
    const persons = children.map((child) => child.persons)
    await hideRows(gateway, persons, { recordedAt }, (list) => list.type.label === label)
  },
}))
