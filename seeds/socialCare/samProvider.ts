import { holders } from '../holders.ts'
import { samForce4Episodes, samForce4RecordId, samHomeEpisodeId } from '../samEpisodes.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { daysAfter, hoursAfter, instant, times, writer } from '../seedRowWriter.ts'

/** Episodes that the home saw end by itself and told no force of: from, hours. */
const unreported: readonly (readonly [string, number])[] = [
  ['2025-11-15T19:00', 2],
  ['2026-02-21T17:30', 3],
  ['2026-05-23T20:00', 2],
  ['2026-08-08T16:00', 4],
  ['2026-10-10T18:30', 3],
]

/** What the two homes logged. Only the provider knows the five episodes that nobody reported. */
export const samProvider = (person: string): AgencySeed['records'] => {
  const harbour = writer('socialCare/sam/harbour', { ...holders.homeLa5, person })
  const elm = writer('socialCare/sam/elm', { ...holders.homeLa2, person })
  return {
    missing: [
      ...samForce4Episodes.map(([from, hours], index) =>
        harbour(from, {
          id: samHomeEpisodeId(index),
          kind: 'M',
          from: instant(from),
          to: hoursAfter(from, hours),
          reported: true,
          'field.force': 'F4',
          policeReference: samForce4RecordId(index),
          loggedBy: 'CHILDRENS_HOME',
          interviewOffered: index % 2 === 0,
          interviewAccepted: index === 0,
          ...(index === 0
            ? {
                interviewAt: '2025-10-20T16:00:00Z',
                interviewIndependent: true,
                interviewSummary: 'Said he had wanted to be by the sea',
              }
            : {}),
        }),
      ),
      ...unreported.map(([from, hours]) =>
        harbour(from, {
          kind: 'A',
          from: instant(from),
          to: hoursAfter(from, hours),
          reported: false,
          loggedBy: 'CHILDRENS_HOME',
          interviewOffered: false,
        }),
      ),
    ],
    restraints: [
      ...times(9, (index) =>
        elm(`${daysAfter('2024-09-10', 28 * index)}T19:30`, {
          setting: 'CHILDRENS_HOME',
          technique: 'PRICE',
          techniqueMinAge: 12,
          minutes: 3 + (index % 4),
          injury: index % 3 === 1,
        }),
      ),
      ...['2025-06-14T18:00', '2025-09-20T20:15', '2026-01-17T17:40', '2026-06-06T19:05'].map((when, index) =>
        harbour(when, {
          setting: 'CHILDRENS_HOME',
          technique: 'TEAM_TEACH',
          techniqueMinAge: 5,
          minutes: 4 + index,
          injury: index === 0,
        }),
      ),
    ],
    libertyRestrictions: ['2025-12-06T21:00', '2026-03-14T20:30', '2026-10-31T21:10'].map((when) =>
      harbour(when, { kind: 'DOOR_LOCKED', authorised: false }),
    ),
    onlineIdentifiers: [
      harbour('2026-11-02T21:40', { device: 'Second phone, found under the mattress', telephone: '07700 900188' }),
    ],
    carerLog: [
      harbour('2025-11-12T20:00', { category: 'MOOD', text: 'Quiet and tearful for three days' }),
      harbour('2026-10-29T22:00', {
        category: 'CONTACT',
        text: 'A car waited in the lane; Sam would not say who it was',
      }),
      harbour('2026-11-12T20:20', {
        category: 'MOOD',
        text: 'Would not eat with the others; asked for his brother’s photograph',
      }),
      harbour('2026-06-06T16:30', {
        category: 'CONTACT',
        text: 'Contact with his mother cancelled an hour before it was to begin',
      }),
    ],
  }
}
