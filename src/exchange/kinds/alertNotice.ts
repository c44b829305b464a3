import { z } from 'zod'
import { type MessageKind, shape, text } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { acknowledged, childId } from './commonFields.ts'

/**
 * That a rule found something about a child, told to one audience that may know of it. The gateway alone sends it. It
 * names the rule and quotes no record: what was found is read in the child's view, under the grant of that moment.
 */
export const alertNotice: MessageKind = {
  name: 'ALERT_NOTICE',
  version: 1,
  title: 'Alert',
  source: 'Reviews found that the facts were held and nobody was told',
  mutation: null,
  fields: shape({ childId, code: z.string().regex(/^[A-Z0-9_]{1,60}$/), explanation: text, rule: z.string().max(200) }),
  from: [],
  child: 'ANY',
  to: () => [],
  told: 'NAMED',
  due: (_, { now, procedures }) => clock(procedures, 'alertNotice', now),
  overdueCode: 'ALERT_UNACKNOWLEDGED',
  answers: [acknowledged()],
}
