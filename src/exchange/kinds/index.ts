import { Refusal } from '../../foundation/errors.ts'
import type { MessageKind } from '../messageKind.ts'
import { alertNotice } from './alertNotice.ts'
import { caseClosure } from './caseClosure.ts'
import { concernReport } from './concernReport.ts'
import { dataBreach } from './dataBreach.ts'
import { disagreement } from './disagreement.ts'
import { domesticAbuseNotice } from './domesticAbuseNotice.ts'
import { familyCopies } from './familyCopies.ts'
import { imminentRisk } from './imminentRisk.ts'
import { informationRequest } from './informationRequest.ts'
import { learningAction } from './learningAction.ts'
import { mashEnquiry } from './mashEnquiry.ts'
import { meeting } from './meeting.ts'
import { missingNotice } from './missingNotice.ts'
import { moveNotice } from './moveNotice.ts'
import { planAction } from './planAction.ts'
import { returnInterview } from './returnInterview.ts'
import { reunification } from './reunification.ts'
import { seniorOversight } from './seniorOversight.ts'
import { triggerPlan } from './triggerPlan.ts'

/**
 * Every kind of message. A further one is a file and a line here, its input in `schema/exchange.graphql`, and its rows
 * in `docs/exchange.md`.
 */
export const kinds: readonly MessageKind[] = [
  concernReport,
  caseClosure,
  mashEnquiry,
  informationRequest,
  meeting,
  familyCopies,
  planAction,
  disagreement,
  missingNotice,
  domesticAbuseNotice,
  imminentRisk,
  returnInterview,
  triggerPlan,
  seniorOversight,
  reunification,
  moveNotice,
  dataBreach,
  learningAction,
  alertNotice,
]

/** Kinds that stand before everything else of a child. */
export const pinnedKinds: readonly string[] = kinds.filter(({ pinned }) => pinned).map(({ name }) => name)

const byName = new Map(kinds.map((kind) => [kind.name, kind]))

/** A kind by its name, which was stored or stands in this code. */
export function kindNamed(name: string): MessageKind {
  const kind = byName.get(name)
  if (!kind) throw new Refusal('INTERNAL', { detail: 'A message is of a kind that this version does not know.' })
  return kind
}
