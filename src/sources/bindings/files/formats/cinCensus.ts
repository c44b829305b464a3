import { FileFault, type ImportFile, type ReadRecords } from '../incoming.ts'
import { dayIn } from '../localTime.ts'
import { elementsAt, elementsIn, textAt, type XmlElement } from '../xmlElements.ts'
import { ReturnRecords, sexOf, upnOf } from './returnRecords.ts'

/** Whether a document is a children in need census: DfE, Children in need census specification. */
export const isCinCensus = (root: XmlElement): boolean =>
  root.name === 'Message' &&
  (elementsAt(root, 'Header', 'CollectionDetails', 'Collection').some(({ text }) => text.toUpperCase() === 'CIN') ||
    elementsAt(root, 'Children', 'Child', 'ChildIdentifiers').length > 0)

/** Records of a children in need census. @throws FileFault where it has no children. */
export function readCinCensus(root: XmlElement, { name }: ImportFile): ReadRecords {
  const children = elementsAt(root, 'Children', 'Child')
  if (children.length === 0) throw new FileFault(`${name} is a census of no children.`)
  const [made] = elementsAt(root, 'Header', 'Source', 'DateTime')
  const into = new ReturnRecords('cin', name, made?.text)
  for (const child of children) readChild(child, into)
  return into.read
}

function readChild(child: XmlElement, into: ReturnRecords): void {
  const [identifiers] = elementsIn(child, 'ChildIdentifiers')
  const person = identifiers && textAt(identifiers, 'LAchildID')
  if (!identifiers || person === undefined) {
    into.refuse(child.line, 'NO_PERSON', 'Child')
    return
  }
  const [ethnicity] = elementsAt(child, 'ChildCharacteristics', 'Ethnicity')
  into.add({
    ...{ line: identifiers.line, list: 'person', person, kind: 'person' },
    fields: {
      laChildId: person,
      upn: upnOf(textAt(identifiers, 'UPN')),
      dateOfBirth: textAt(identifiers, 'PersonBirthDate'),
      expectedDate: textAt(identifiers, 'ExpectedPersonBirthDate'),
      sex: sexOf(textAt(identifiers, 'Sex', 'PersonGenderCurrent', 'GenderCurrent')),
      ethnicity: ethnicity?.text,
    },
    codes: { ethnicity: 'ethnicity' },
  })
  for (const details of elementsIn(child, 'CINdetails', 'CINDetails')) readEpisode(details, person, into)
}

function readEpisode(details: XmlElement, person: string, into: ReturnRecords): void {
  const begun = textAt(details, 'CINreferralDate')
  into.addDated({
    ...{ line: details.line, list: 'referrals', person, kind: 'referral', eventAt: begun },
    fields: {
      sourceCode: textAt(details, 'ReferralSource'),
      primaryNeed: textAt(details, 'PrimaryNeedCode'),
      noFurtherAction: textAt(details, 'ReferralNFA'),
      closedOn: textAt(details, 'CINclosureDate'),
      closureReason: textAt(details, 'ReasonForClosure'),
    },
    codes: { closureReason: 'closure' },
  })
  for (const assessment of elementsIn(details, 'Assessments')) readAssessment(assessment, person, into)
  for (const plan of elementsIn(details, 'CINPlanDates')) readPlan(plan, person, into)
  for (const enquiry of elementsIn(details, 'Section47')) readEnquiry(enquiry, person, into)
  for (const plan of elementsIn(details, 'ChildProtectionPlans')) readProtectionPlan(plan, person, into)
  // The same conference stands in the episode and under the enquiry that led to it.
  const held = elementsIn(details, 'Section47').map((enquiry) => textAt(enquiry, 'DateOfInitialCPC'))
  for (const conference of elementsIn(details, 'DateOfInitialCPC'))
    if (!held.some((day) => sameDay(day, conference.text))) addMeeting('ICPC', conference, person, into)
  for (const conference of elementsIn(details, 'PreProceedingsandFGDM', 'PreProceedingsAndFGDM'))
    for (const meeting of elementsIn(conference, 'InitialPPMeetingDate'))
      addMeeting('PRE_PROCEEDINGS_MEETING', meeting, person, into, ['COURT_CONFIDENTIAL'])
}

const sameDay = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && dayIn(one) === dayIn(other)

function readAssessment(assessment: XmlElement, person: string, into: ReturnRecords): void {
  const factors = elementsAt(assessment, 'FactorsIdentifiedAtAssessment', 'AssessmentFactors').map(({ text }) => text)
  into.addDated({
    ...{ line: assessment.line, list: 'assessments', person, kind: 'assessment' },
    eventAt: textAt(assessment, 'AssessmentActualStartDate'),
    fields: {
      authorisedAt: textAt(assessment, 'AssessmentAuthorisationDate'),
      // Without the element it is not known whether there were any.
      factors: factors.length > 0 ? factors : undefined,
    },
    codes: { factors: 'assessmentFactor' },
  })
}

function readPlan(plan: XmlElement, person: string, into: ReturnRecords): void {
  const from = textAt(plan, 'CINPlanStartDate')
  into.addDated({
    ...{ line: plan.line, list: 'plans', person, kind: 'CHILD_IN_NEED', eventAt: from },
    fields: { level: 'CHILD_IN_NEED', from, to: textAt(plan, 'CINPlanEndDate') },
  })
}

function readEnquiry(enquiry: XmlElement, person: string, into: ReturnRecords): void {
  const startedOn = textAt(enquiry, 'S47ActualStartDate')
  const conference = elementsIn(enquiry, 'DateOfInitialCPC')
  const notRequired = textAt(enquiry, 'ICPCnotRequired') ?? ''
  const isNotRequired = /^(?:1|true)$/i.test(notRequired)
  const outcome = isNotRequired ? 'Initial conference not required' : undefined
  into.addDated({
    ...{ line: enquiry.line, list: 's47Enquiries', person, kind: 's47', eventAt: startedOn },
    fields: { startedOn, outcome },
    unread: /^(?:|0|1|true|false)$/i.test(notRequired) ? [] : ['outcome'],
  })
  for (const meeting of conference) addMeeting('ICPC', meeting, person, into)
}

function readProtectionPlan(plan: XmlElement, person: string, into: ReturnRecords): void {
  const from = textAt(plan, 'CPPstartDate')
  const reviews = elementsAt(plan, 'Reviews', 'CPPreviewDate')
  const reviewedOn = reviews.flatMap(({ text }) => dayIn(text) ?? []).sort()
  into.addDated({
    ...{ line: plan.line, list: 'plans', person, kind: 'CHILD_PROTECTION', eventAt: from },
    fields: {
      level: 'CHILD_PROTECTION',
      category: textAt(plan, 'LatestCategoryOfAbuse') ?? textAt(plan, 'InitialCategoryOfAbuse'),
      from,
      to: textAt(plan, 'CPPendDate'),
      lastReviewOn: reviewedOn.at(-1),
    },
  })
  for (const review of reviews) addMeeting('REVIEW_CONFERENCE', review, person, into)
}

const addMeeting = (
  type: string,
  { line, text }: XmlElement,
  person: string,
  into: ReturnRecords,
  labels: readonly string[] = [],
): void =>
  text === ''
    ? undefined
    : into.addDated({
        line,
        list: 'meetings',
        person,
        kind: type,
        eventAt: text,
        labels,
        fields: { type, status: 'HELD' },
      })
