import { enquiryNeeds, enquiryOnRecordSince } from '../alerts/enquiryOpened.ts'
import type { RegisteredOrganisation } from '../auth/issuers.ts'
import { releaseChild } from '../disclosure/auditedChild.ts'
import { ChildAccess } from '../disclosure/childAccess.ts'
import type { AccessSetting } from '../disclosure/childAccessParts.ts'
import { planOfNeeds } from '../disclosure/needsPlan.ts'
import type { Declined } from '../exchange/reopenDeclined.ts'
import { pathOfPurpose } from '../policy/vocabulary.ts'
import type { AnswersTo } from '../records/agencyAnswers.ts'
import type { Catalogue } from './catalogue.ts'
import type { declinesOf } from './exchange.ts'
import { watchingCaller } from './openAlertWatcher.ts'

export interface ReconsiderSetting {
  readonly opening: AccessSetting
  readonly catalogue: Catalogue
  readonly organisationOf: (code: string) => RegisteredOrganisation | null
  readonly declines: ReturnType<typeof declinesOf>
}

/**
 * Whoever declined to say something for harm to the child decides again once a section 47 enquiry is on record. Looked
 * at as they themselves could: who may not know of the enquiry is asked nothing, since the question would tell of it.
 */
export function reconsiderer(setting: ReconsiderSetting): (childId: string) => Promise<void> {
  const { catalogue, declines } = setting
  const plan = planOfNeeds(enquiryNeeds, catalogue.model)
  return async (childId) => {
    for (const declined of await declines.about(childId))
      if (await isEnquiryNews(setting, plan, childId, declined)) await declines.reopen(declined)
  }
}

async function isEnquiryNews(
  { opening, organisationOf }: ReconsiderSetting,
  plan: ReturnType<typeof planOfNeeds>,
  childId: string,
  { at, by }: Declined,
): Promise<boolean> {
  const organisation = organisationOf(by.organisation)
  const own = organisation?.roles.find(({ role }) => role === by.role)
  if (!organisation || !own) return false
  const { role } = own
  for (const purpose of own.purposes.filter((each) => onHarmOrDuty.has(pathOfPurpose[each]))) {
    const access = new ChildAccess(opening, watchingCaller({ organisation, role, purpose }))
    const child = await access.open(childId, null, plan)
    if (!child) continue
    const answers = (await child.answers()) as AnswersTo<typeof enquiryNeeds>
    const since = enquiryOnRecordSince(answers, child.asOf)
    for (const opened of access.opened) releaseChild(opened)
    if (since !== null) return Date.parse(since) > Date.parse(at)
  }
  return false
}

/** A purpose that rests on consent, or opens metadata alone, is none for which an enquiry is looked at. */
const onHarmOrDuty: ReadonlySet<string> = new Set(['HARM', 'DUTY'])
