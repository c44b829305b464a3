import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-620318' }
const gp2 = writer('health/robin/gp2', { ...holders.gp2, ...person, recordedBy: 'Dr Colm Byrne' })
const gp5 = writer('health/robin/gp5', { ...holders.gp5, ...person })

/** Robin's health: one item at the practice that he left, which no school may learn of, not even by a count. */
export const robin: AgencySeed['records'] = {
  person: [
    gp2('2012-03-20', {
      nhsNumber: '9991010009',
      nhsNumberVerified: true,
      family: 'Ashdown',
      given: 'Robin',
      dateOfBirth: '2012-02-11',
      sex: '1',
    }),
  ],
  registrations: [
    gp2('2012-03-20', { ...practices.eastvale, from: '2012-03-20', to: '2026-04-20' }),
    gp5('2026-04-21', { ...practices.southmere, from: '2026-04-21' }),
  ],
  gpEntries: [gp2('2026-01-26', { safeguardingRelevance: 'None noted', text: 'Tired; mother asked for a tonic' })],
  sexualHealth: [
    gp2('2026-03-16T16:20', {
      safeguardingOutcome: 'Practice lead told; nothing sent',
      text: 'Asked about a test, would not say why',
    }),
  ],
  substanceItems: [gp2('2026-03-16T16:25', { substance: 'Alcohol', note: 'Says drinks are bought for him' })],
}
