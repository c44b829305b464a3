import { mailboxOf, type Service } from '../../src/exchange/mailboxes.ts'
import type { Fields, MessageEvent, Recipient, StoredMessage } from '../../src/exchange/message.ts'
import { recordId } from '../seedRowWriter.ts'

type To = readonly [party: string, service: Service, addedAt?: string]

interface Sent {
  readonly kind: string
  readonly childId: string
  readonly at: string
  readonly by: readonly [organisation: string, role: string, party: string, service: Service]
  readonly fields: Fields
  readonly to: readonly To[]
  readonly dueAt: string
  readonly dueRule: string
  readonly closedAt?: string
}

type Said = Pick<MessageEvent, 'at' | 'kind' | 'recipient' | 'fields'> & {
  readonly by: readonly [organisation: string, role: string]
  readonly dueAt?: string
  readonly dueRule?: string
}

/** A message of the story with what became of it. Nobody's name stands in it: people are told by role. */
function story(sent: Sent, said: readonly Said[]): StoredMessage {
  const [organisation, role, party, service] = sent.by
  const id = recordId('gateway/message', `${sent.kind}|${sent.childId}|${sent.at}`)
  return {
    heading: {
      ...{ id, childId: sent.childId, kind: sent.kind, version: 1, from: { organisation, role, person: 'seed' } },
      ...{ fromMailbox: mailboxOf(party, service), procedures: 'england', fields: sent.fields, labels: [] },
      ...{
        sentAt: sent.at,
        dueAt: sent.dueAt,
        dueRule: sent.dueRule,
        closedAt: sent.closedAt ?? null,
        isOfChild: true,
      },
    },
    recipients: sent.to.map(
      ([to, toService, addedAt = sent.at], place): Recipient => ({
        ...{ party: to, service: toService, role: null, duty: 'ANSWER', dueAt: null, place, addedAt },
        mailbox: mailboxOf(to, toService),
      }),
    ),
    events: said.map(({ by, dueAt = null, dueRule = null, ...event }, index) => ({
      ...event,
      id: recordId('gateway/message', `${id}|${index}`),
      by: { organisation: by[0], role: by[1], person: 'seed' },
      dueAt,
      dueRule,
    })),
  }
}

const school = ['900002', 'DESIGNATED_SAFEGUARDING_LEAD', '900002', 'SAFEGUARDING_LEAD'] as const
const hub = ['LA2-MASH', 'MASH_ANALYST', 'LA2', 'FRONT_DOOR'] as const
const rules = 'England, starting values'

/** A school's report, answered late; the school does not agree, and the second stage has run out. */
const report = story(
  {
    ...{ kind: 'CONCERN_REPORT', childId: 'C03', at: '2026-11-02T14:10:00Z', by: school },
    fields: {
      childId: 'C03',
      concerns: ['NEGLECT', 'MISSING'],
      statements: [
        { text: 'Came without a coat and hungry on four days of the last two weeks.', evidence: 'FACT' },
        { text: 'We think that nobody is at home in the mornings.', evidence: 'PROFESSIONAL_OPINION' },
      ],
      childSays: 'Says that he gets himself up and that it is fine.',
      familyTold: true,
    },
    to: [['LA2', 'FRONT_DOOR']],
    ...{ dueAt: '2026-11-03T14:10:00Z', dueRule: `within 1 working day; ${rules}`, closedAt: '2026-11-05T16:20:00Z' },
  },
  [
    { at: '2026-11-02T15:00:00Z', kind: 'SEEN', recipient: 0, by: ['LA2-MASH', 'MASH_ANALYST'], fields: {} },
    {
      ...{ at: '2026-11-05T16:20:00Z', kind: 'OUTCOME', recipient: 0, by: ['LA2-MASH', 'MASH_ANALYST'] },
      fields: {
        outcome: 'CONTACT_ONLY',
        reason: 'Early help is open and the family support worker was told.',
        wouldChangeIt: 'A further report, or what the family support worker finds.',
        challenge: 'Hub manager, Eastvale, 01632 960220',
        decidedBy: 'Hub manager',
        decidedOn: '2026-11-05',
      },
    },
  ],
)

const challenge = story(
  {
    ...{ kind: 'DISAGREEMENT', childId: 'C03', at: '2026-11-06T09:30:00Z', by: school },
    fields: {
      childId: 'C03',
      about: report.heading.id,
      to: { organisation: 'LA2', service: 'FRONT_DOOR' },
      subject: 'Closed as a contact',
      reasons: 'It is the third report of this term, and the early help plan has not moved.',
      wanted: 'An assessment of the child and not of the last week.',
      urgent: false,
      stage: 1,
    },
    to: [
      ['LA2', 'FRONT_DOOR'],
      ['LA2', 'MANAGERS', '2026-11-16T09:00:00Z'],
    ],
    ...{ dueAt: '2026-11-13T09:30:00Z', dueRule: `Stage 1: Practitioners, within 5 working days; ${rules}` },
  },
  [
    {
      ...{ at: '2026-11-16T09:00:00Z', kind: 'STAGE', recipient: null, by: ['900002', 'DESIGNATED_SAFEGUARDING_LEAD'] },
      fields: { reason: 'There was no answer by the day.', stage: 2 },
      ...{ dueAt: '2026-11-20T09:30:00Z', dueRule: `Stage 2: Managers, within 5 working days; ${rules}` },
    },
  ],
)

/** The hub asks about Sam: the force has answered, the school has not. */
const enquiry = story(
  {
    ...{ kind: 'MASH_ENQUIRY', childId: 'C04', at: '2026-11-19T10:00:00Z', by: hub },
    fields: {
      childId: 'C04',
      rating: 'AMBER',
      ratingReason: 'Found a second time in the area of another force',
      question: 'What do you hold of the last three months?',
      asked: [{ organisation: 'F4' }, { organisation: '900005' }],
      notAsked: [{ organisation: 'Housing', reason: 'No tenancy is known.' }],
      times: 'EACH_ANSWER',
    },
    to: [
      ['F4', 'POLICE'],
      ['900005', 'SAFEGUARDING_LEAD'],
    ],
    ...{ dueAt: '2026-11-20T10:00:00Z', dueRule: `AMBER: each agency's answer within 1 working day; ${rules}` },
  },
  [
    {
      ...{ at: '2026-11-19T15:40:00Z', kind: 'ANSWER', recipient: 0, by: ['F4', 'POLICE_PUBLIC_PROTECTION'] },
      fields: {
        answer: 'Two missing episodes since September; both times brought back by officers.',
        evidence: 'FACT',
        tie: 'CHILD',
        nothingHeld: false,
      },
    },
  ],
)

/** The school hears of a plan to run, and home, police and social care have it within the minute. */
const risk = story(
  {
    kind: 'IMMINENT_RISK',
    childId: 'C04',
    at: '2026-11-20T08:35:00Z',
    by: ['900005', 'DESIGNATED_SAFEGUARDING_LEAD', '900005', 'SAFEGUARDING_LEAD'],
    fields: {
      childId: 'C04',
      risk: 'Told a friend that he will be gone by Saturday and that somebody fetches him.',
      evidence: 'DISCLOSURE',
      when: 'Friday after school',
      concernsCarer: false,
    },
    to: [
      ['LA2', 'FRONT_DOOR'],
      ['LA2', 'CASE_TEAM'],
      ['F4', 'POLICE'],
      ['F1', 'POLICE'],
      ['HOME-LA5', 'CARER'],
    ],
    ...{ dueAt: '2026-11-20T09:35:00Z', dueRule: `within 1 hour; ${rules}` },
  },
  [
    { at: '2026-11-20T08:50:00Z', kind: 'ACKNOWLEDGED', recipient: 4, by: ['HOME-LA5', 'CARE_WORKER'], fields: {} },
    { at: '2026-11-20T08:58:00Z', kind: 'ACKNOWLEDGED', recipient: 1, by: ['LA2-CSC', 'SOCIAL_WORKER'], fields: {} },
  ],
)

/** What agencies have said to each other by the story's day, oldest first. */
export const messages: readonly StoredMessage[] = [report, challenge, enquiry, risk]
