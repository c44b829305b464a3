import { agencies } from '../../../src/foundation/agencies.ts'
import { personOf } from '../../../src/identity/person.ts'
import { hideRows, mark } from './hiddenRows.ts'
import type { World } from './worlds.ts'

/** A transfer to which no persona is party. */
export const hiddenTransfer = `11111111-1111-4111-8111-111111111111${mark}`

/** A message to which no persona is party. */
export const hiddenMessage = `33333333-3333-4333-8333-333333333333${mark}`

/** Somebody whom agencies know by hidden records alone. */
export const hiddenPerson = {
  given: 'Verity',
  family: 'Unknowable',
  birth: '2012-02-29',
  postcode: 'ZZ98 7ZZ',
} as const

const early = '2026-06-01T08:00:00Z'

/** A link that was undone leads nowhere, though the records that it led to are plain. */
const undoneLinks: World = {
  name: 'links that were undone',
  hiddenFrom: () => true,
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    const links = children.flatMap(({ id }) =>
      agencies.map((agency) => ({ child_id: id, agency, person_id: `undone-${agency}-${id}${mark}` })),
    )
    await knex('gateway.link').insert(
      links.map((link) => ({ ...link, since: '2020-01-01', ended_at: '2026-06-01T00:00:00Z' })),
    )
    const persons = children.map(({ id }) =>
      Object.fromEntries(agencies.map((agency) => [agency, [`undone-${agency}-${id}${mark}`]])),
    )
    await hideRows(gateway, persons, { recordedAt: early })
  },
}

/** What passes between authorities that are not the caller's, and what others were told of it. */
const othersRegisters: World = {
  name: 'transfers, broken glass and duties of others',
  // Governance of the authority that answers for the child knows every duty that concerns the child.
  hiddenFrom: ({ agencyType }) => agencyType !== 'GOVERNANCE',
  apply: async (gateway, children) => {
    const { knex } = gateway.opened.setting.opening.store
    const [first] = children
    if (!first) return
    const child = { child_id: first.id }
    await knex('gateway.transfer').insert({
      ...child,
      id: hiddenTransfer,
      type: 'CP_TRANSFER_IN',
      from_la: 'LA4',
      to_la: 'LA6',
      state: 'NOTIFIED',
      notified_at: early,
      clock_start: early,
      clock_rule: 'Fifteen working days',
      working_days: 15,
      due_on: '2026-06-22',
      created_by: 'SOCIAL_WORKER, LA4-CSC',
    })
    await knex('gateway.message').insert({
      ...child,
      id: hiddenMessage,
      kind: 'CONCERN_REPORT',
      kind_version: 1,
      from_organisation: '900099',
      from_role: 'DESIGNATED_SAFEGUARDING_LEAD',
      from_person: 'somebody',
      from_mailbox: '900099/SAFEGUARDING_LEAD',
      procedures: 'england',
      fields: '{"concerns":["OTHER"]}',
      sent_at: early,
      content_hash: 'hidden',
      audit_id: 'hidden',
    })
    await knex('gateway.message_recipient').insert({
      message_id: hiddenMessage,
      place: 0,
      seq: knex.raw('(select seq from gateway.message where id = ?)', [hiddenMessage]),
      kind: 'CONCERN_REPORT',
      mailbox: 'LA4/FRONT_DOOR',
      party: 'LA4',
      service: 'FRONT_DOOR',
      duty: 'ANSWER',
      added_at: early,
    })
    const session = `glass${mark}`
    await knex('gateway.break_glass').insert({
      ...child,
      id: session,
      issuer: 'https://elsewhere.example.invalid',
      subject: 'somebody',
      organisation: 'LA4-CSC',
      role: 'SOCIAL_WORKER',
      purpose: 'EMERGENCY',
      reason: 'Of others',
      needs_second: false,
      opened_at: early,
      expires_at: '2099-01-01T00:00:00Z',
    })
    await knex('gateway.break_glass_notice').insert({
      ...child,
      id: `notice${mark}`,
      break_glass_id: session,
      recipient: 'governance:LA4',
      at: early,
    })
    await knex('gateway.review').insert({
      ...child,
      id: `review${mark}`,
      break_glass_id: session,
      la: 'LA4',
      opened_at: early,
      due_on: '2026-06-08',
    })
    await knex('gateway.obligation').insert({
      ...child,
      id: `duty${mark}`,
      kind: 'HANDLING',
      owner: 'organisation:LA4-CSC',
      arisen_at: early,
    })
    await knex('gateway.access_notice').insert({
      ...child,
      leaf_id: `leaf${mark}`,
      la: 'LA4',
      at: early,
      organisation: 'LA5-CSC',
      role: 'SOCIAL_WORKER',
      purpose: 'EMERGENCY',
      break_glass: true,
    })
  },
}

/**
 * A person in the register of identities, linked to a child through records that nobody but their holder may know of.
 */
const hiddenPeople: World = {
  name: 'people known by hidden records alone',
  hiddenFrom: ({ agencyType }) => ['GOVERNANCE', 'MASH', 'CARE_PROVIDER'].includes(agencyType),
  apply: async (gateway, children) => {
    const { identity, opening } = gateway.opened.setting
    const [first] = children
    if (!identity || !first) throw new Error('The register of identities is not there.')
    const entries = agencies.map((agency) => ({ agency, localId: `known-${agency}-${first.id}${mark}` }))
    await identity.takeIn(entries.map((entry) => ({ ...entry, person: personOf(hiddenPerson), isProtected: false })))
    await opening.store
      .knex('gateway.link')
      .insert(
        entries.map(({ agency, localId }) => ({ child_id: first.id, agency, person_id: localId, since: '2020-01-01' })),
      )
    const persons = Object.fromEntries(entries.map(({ agency, localId }) => [agency, [localId]]))
    await hideRows(gateway, [persons], { handling: 'NCND', recordedAt: early })
  },
}

/** Worlds whose hidden part is in what the gateway itself keeps. */
export const registerWorlds: readonly World[] = [undoneLinks, othersRegisters, hiddenPeople]
