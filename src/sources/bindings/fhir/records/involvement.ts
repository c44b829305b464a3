import type { HeldRecord } from '../../../heldRecord.ts'
import { classify, namesOf } from '../classify.ts'
import { withPartial } from '../dates.ts'
import { heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, referenceAt, textAt } from '../json.ts'
import { named } from '../names.ts'

const states: Readonly<Record<string, string>> = {
  active: 'OPEN',
  onhold: 'OPEN',
  finished: 'CLOSED',
  cancelled: 'CLOSED',
  waitlist: 'WAITING',
  planned: 'WAITING',
}

/** An episode of care: of mental health as that, of every other kind as a service that is or was involved. */
export function episodeRecords(reading: Reading, episode: Json, person: string): readonly HeldRecord[] {
  const status = textAt(episode, 'status')
  if (status === null || status === 'entered-in-error') return []
  const { book, names, base } = reading
  const type = listAt(episode, 'type')
  const classified = classify(book, episode, { of: type })
  const period = objectAt(episode, 'period')
  const service = named(episode, objectAt(episode, 'managingOrganization'), names, base)
  const professional = named(episode, objectAt(episode, 'careManager'), names, base)
  const common = { id: `EpisodeOfCare/${episode['id']}`, person, eventAt: period?.['start'], classified }
  if (classified.labels.includes('HEALTH_MENTAL'))
    return [
      heldOf(reading, episode, {
        ...common,
        list: 'camhsEpisodes',
        fields: {
          service: service.name ?? namesOf(book, type),
          status: states[status],
          closedOn: states[status] === 'CLOSED' ? period?.['end'] : null,
          presentingNeed: withPartial(namesOf(book, type), 'since', period?.['start']),
        },
      }),
    ]
  return [
    heldOf(reading, episode, {
      ...common,
      list: 'involvements',
      fields: {
        kind: withPartial(namesOf(book, type), 'since', period?.['start']),
        service: service.name,
        professional: professional.name,
        contact: professional.contact ?? service.contact,
        from: period?.['start'],
        to: period?.['end'],
      },
    }),
  ]
}

/** Everybody in a care team but the child and the family, each as a service that is or was involved. */
export function careTeamRecords(reading: Reading, team: Json, person: string): readonly HeldRecord[] {
  const status = textAt(team, 'status')
  if (status === 'entered-in-error' || status === 'proposed') return []
  const { book, names, base } = reading
  const period = objectAt(team, 'period')
  const organisation = named(team, listAt(team, 'managingOrganization')[0] ?? null, names, base)
  return listAt(team, 'participant').flatMap((participant, at) => {
    const member = objectAt(participant, 'member')
    if (/^(?:Patient|RelatedPerson)\//.test(referenceAt(participant, 'member', base) ?? '')) return []
    const who = named(team, member, names, base)
    const onBehalfOf = named(team, objectAt(participant, 'onBehalfOf'), names, base)
    const isOrganisation = /^Organization\//.test(referenceAt(participant, 'member', base) ?? '')
    const role = listAt(participant, 'role')
    const own = objectAt(participant, 'period') ?? period
    return [
      heldOf(reading, team, {
        list: 'involvements',
        id: `CareTeam/${team['id']}-${at + 1}`,
        person,
        eventAt: own?.['start'],
        classified: classify(book, team, { of: [...listAt(team, 'category'), ...role] }),
        fields: {
          kind: withPartial(namesOf(book, role) ?? namesOf(book, listAt(team, 'category')), 'since', own?.['start']),
          service: isOrganisation
            ? who.name
            : (onBehalfOf.name ?? who.organization ?? organisation.name ?? textAt(team, 'name')),
          professional: isOrganisation ? null : who.name,
          contact: who.contact ?? onBehalfOf.contact ?? organisation.contact,
          from: own?.['start'],
          to: own?.['end'],
          endReason: namesOf(
            book,
            listAt(team, 'reasonCode').filter(() => own?.['end'] !== undefined),
          ),
        },
      }),
    ]
  })
}
