import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const one = writer('police/dawid', { ...holders.force1, person: 'F1-N-70044', recordedBy: 'Response' })

/** One twin to Force 1, under another spelling of both his names. */
export const twins: AgencySeed['records'] = {
  person: [
    one('2026-06-20', { family: 'Novicki', given: 'David', dateOfBirth: '2015-07-21', sex: '1', ethnicity: 'W9' }),
  ],
  events: [
    one('2026-06-20T18:40', {
      kind: 'WELFARE_CHECK',
      finding: 'Lost at a fair; handed to his mother',
      childRole: 'SEEN',
      notified: false,
    }),
  ],
}
