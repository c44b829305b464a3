import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const substance = writer('adultServices/unborn', {
  ...holders.substance2,
  person: 'A-38871',
  relation: 'MOTHER',
  relevance: 'RELEVANT',
})

/** Dana Pryce, and the service that saw her every week until she moved. */
export const unborn: AgencySeed['records'] = {
  person: [substance('2026-05-11', { name: 'Dana Pryce', dateOfBirth: '2003-08-22' })],
  services: [
    substance('2026-05-11', {
      worker: 'Key worker Imrie',
      contact: '01632 960303',
      from: '2026-05-11',
      riskStatement: 'Stable on a low dose; risk if it is interrupted',
    }),
  ],
  substanceTreatment: [
    substance('2026-05-11', { substance: 'Methadone', from: '2026-05-11', text: 'Weekly; last seen 12 November' }),
  ],
}
