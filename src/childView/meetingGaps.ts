import { type CaseStatus, caseStatusFrom, caseStatusLists, caseStatusNeeds } from '../facts/caseStatus.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { forceOf, type Registry } from '../foundation/registry.ts'
import { type AnswersWith, type Contracts, nestedUnder, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RowsOf } from '../records/requiredFields.ts'
import type { Held } from '../sources/commonRowFields.ts'
import { readingsOf } from '../sources/recordSet.ts'
import { completenessOf, isTold, listed, type Reads } from './countCompleteness.ts'
import { serviceOf } from './provenance.ts'
import { quorumOf } from './quorum.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'

/** Meetings at which every service that works with the child is expected. */
const meetingTypes = new Set(['STRATEGY_DISCUSSION', 'MISSING_STRATEGY', 'CLA_REVIEW'])

interface RequiredService {
  readonly agency: AgencyName
  /** Rows that say who is involved. */
  readonly rows: (answers: GapAnswers) => readonly Service[]
  /** Kinds that are expected; every row of the list when empty. */
  readonly kinds: readonly string[]
  /** What the professional is called where the row has no kind. */
  readonly role: string
}

/**
 * Which open involvements are expected at a meeting. Data: a psychologist or a mental health team is asked for a report
 * and not for attendance, so their kinds are not here.
 */
const requiredServices: readonly RequiredService[] = [
  {
    agency: 'health',
    rows: (answers) => uncorrected(rowsOf(answers, 'health', 'registrations')),
    kinds: [],
    role: 'GP',
  },
  {
    agency: 'education',
    rows: (answers) => uncorrected(rowsOf(answers, 'education', 'enrolments')),
    kinds: [],
    role: 'SCHOOL',
  },
  {
    agency: 'health',
    rows: (answers) => uncorrected(rowsOf(answers, 'health', 'involvements')),
    kinds: ['LOOKED_AFTER_NURSE', 'LAC_NURSE', 'SCHOOL_NURSE', 'HEALTH_VISITOR', 'FAMILY_NURSE', 'MIDWIFE'],
    role: 'NURSE',
  },
  {
    agency: 'socialCare',
    rows: (answers) => uncorrected(rowsOf(answers, 'socialCare', 'involvements')),
    kinds: ['ALLOCATED_WORKER', 'LEAD_PROFESSIONAL'],
    role: 'SOCIAL_WORKER',
  },
]

const involvementFields = [
  'eventAt',
  'from',
  'to',
  'contact',
  'provenance.agency',
  'provenance.la',
  'provenance.supersedes',
] as const

/** What the gaps of meetings rest on. */
export const meetingGapNeeds = mergeNeeds(
  { socialCare: caseStatusNeeds },
  {
    health: { registrations: involvementFields, involvements: [...involvementFields, 'kind'] },
    education: { enrolments: involvementFields },
    socialCare: {
      involvements: [...involvementFields, 'kind'],
      meetings: ['eventAt', 'type', 'status', 'provenance.agency', 'provenance.la', 'provenance.supersedes'],
      invitees: ['agency', 'la', 'role', 'invited', 'attended', 'provenance.la'],
    },
  },
)

/** Without the list of those invited, everybody would seem left out. */
const meetingReads = {
  grounds: [{ socialCare: { meetings: ['type', 'status'] } }],
  refutedBy: { socialCare: { invitees: ['agency', 'invited', 'attended'] } },
} as const satisfies Reads

const serviceReads = {
  grounds: [
    {
      health: { registrations: ['from', 'to'], involvements: ['kind', 'from', 'to'] },
      education: { enrolments: ['from', 'to'] },
      socialCare: { involvements: ['kind', 'from', 'to'] },
    },
  ],
} as const satisfies Reads

type GapRows = RowsOf<typeof meetingGapNeeds>
type GapAnswers = AnswersWith<GapRows>
type Service = GapRows['health']['registrations'] & { readonly kind?: Held<string> }
type Meeting = GapRows['socialCare']['meetings']
type Invitee = GapRows['socialCare']['invitees']

/** A professional who works with the child and was not invited. */
export interface UninvitedProfessional {
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly role: string
  readonly contact: string | null
}

/** Who was left out of a meeting. */
export interface MeetingGap {
  readonly meetingId: string
  readonly type: string | null
  readonly eventAt: string | null
  readonly quorate: boolean | null
  readonly missingInvitees: readonly UninvitedProfessional[]
  /** Services of which it cannot be determined whether somebody was left out. */
  readonly without: readonly Without[]
}

/**
 * For each meeting, who works with the child where the child lives, learns, is registered or is answered for on that
 * day, and was not invited: invitations that go out inside one authority do not reach the other.
 */
export function meetingGaps(
  answers: GapAnswers,
  { grants, contracts }: Omit<Ground, 'answers'>,
  registry: Registry,
): readonly MeetingGap[] | null {
  const ground = { grants, contracts, answers }
  const meetings = completenessOf(meetingReads, ground)
  const socialCare = answers.socialCare
  if (!isTold(meetings) || socialCare.state !== 'ANSWERED') return null
  const { without } = completenessOf(serviceReads, ground)
  const lists = readingsOf(socialCare.records, caseStatusLists)
  const invitees = rowsOf(answers, 'socialCare', 'invitees')
  const services = requiredServices.map((service) => ({ ...service, involved: service.rows(answers) }))
  const gaps = uncorrected(rowsOf(answers, 'socialCare', 'meetings'))
    .filter((meeting) => meetingTypes.has(textOf(meeting, 'type') ?? '') && meeting.status !== 'CANCELLED')
    .flatMap((meeting) => {
      const eventAt = textOf(meeting, 'eventAt')
      if (!eventAt) return []
      const caseStatus = caseStatusFrom(lists, eventAt)
      const invited = nestedUnder(invitees, meeting)
      const expected = [
        ...openServices(services, contracts, caseStatus, dayOf(eventAt)),
        ...forceOfArea(meeting, caseStatus, registry),
      ]
      return {
        meetingId: meeting.id,
        type: textOf(meeting, 'type'),
        eventAt,
        quorate: quorumOf(meeting, invited).quorate,
        missingInvitees: expected.filter(
          (professional) =>
            !convenes(meeting, professional) && !invited.some((invitee) => covers(invitee, professional, registry)),
        ),
        without,
      }
    })
  return listed(gaps, meetings)
}

function openServices(
  services: readonly (RequiredService & { readonly involved: readonly Service[] })[],
  contracts: Contracts,
  caseStatus: CaseStatus,
  day: string,
): readonly UninvitedProfessional[] {
  const isOpen = (row: Service) => openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to'))
  // Where the child lives, learns, is registered or is answered for.
  const attended = services.filter(({ kinds }) => kinds.length === 0).flatMap(({ involved }) => involved.filter(isOpen))
  const places = [caseStatus.responsibleLa, caseStatus.areaLa, ...attended.map((row) => textOf(row, 'provenance.la'))]
  const authorities = new Set(places.filter((la) => la !== null))
  return services.flatMap(({ agency, involved, kinds, role }) => {
    const open = involved.filter(
      (row) =>
        authorities.has(textOf(row, 'provenance.la') ?? '') &&
        isOpen(row) &&
        (kinds.length === 0 || kinds.includes(textOf(row, 'kind') ?? '')),
    )
    const byKind = open.sort((one, other) => rank(kinds, one) - rank(kinds, other))
    return (kinds.length === 0 ? open : oneOfEachService(byKind)).map((row) => ({
      agency: serviceOf(row, contracts[agency]),
      la: textOf(row, 'provenance.la'),
      force: null,
      role: kinds.length === 0 ? role : (textOf(row, 'kind') ?? role),
      contact: textOf(row, 'contact'),
    }))
  })
}

const rank = (kinds: readonly string[], row: Service): number => kinds.indexOf(textOf(row, 'kind') ?? '')

/** One nurse speaks for a nursing service and one worker for a team: the kind that comes first in the list. */
const oneOfEachService = (rows: readonly Service[]): readonly Service[] => {
  const seen = new Set<string>()
  return rows.filter((row) => {
    const service = `${textOf(row, 'provenance.agency')} ${textOf(row, 'provenance.la')}`
    return seen.has(service) ? false : seen.add(service) !== null
  })
}

/**
 * The force of the area: at every strategy discussion, which cannot be held without police, and at the review of a
 * child who lives outside the responsible authority, where another force answers the calls. From the registry, never
 * from police records, so that it says nothing of whether the police hold any.
 */
function forceOfArea(meeting: Meeting, caseStatus: CaseStatus, registry: Registry): readonly UninvitedProfessional[] {
  const force = caseStatus.areaForce ?? forceOf(registry, caseStatus.areaLa)
  const placedAway = caseStatus.areaLa !== caseStatus.responsibleLa
  if (!force || (meeting.type === 'CLA_REVIEW' && !placedAway)) return []
  return [
    {
      agency: 'POLICE',
      la: caseStatus.areaLa,
      force,
      role: 'POLICE_PUBLIC_PROTECTION',
      contact: registry.forces.get(force)?.contact ?? null,
    },
  ]
}

/** Whoever convenes a meeting needs no invitation. */
const convenes = (meeting: Meeting, professional: UninvitedProfessional): boolean =>
  professional.agency === (textOf(meeting, 'provenance.agency') ?? 'CHILDRENS_SOCIAL_CARE') &&
  professional.la === textOf(meeting, 'provenance.la')

/**
 * Whether an invitee stands for a professional: the same service, or its agency as a whole, of the same authority or
 * force.
 */
function covers(invitee: Invitee, professional: UninvitedProfessional, registry: Registry): boolean {
  if (invitee.invited !== true && invitee.attended !== true) return false
  const agency = textOf(invitee, 'agency') ?? ''
  if (agency !== professional.agency && !(agency === 'HEALTH' && professional.agency.startsWith('HEALTH_')))
    return false
  const la = textOf(invitee, 'la', 'provenance.la')
  if (la === null) return true
  return professional.force === null ? la === professional.la : forceOf(registry, la) === professional.force
}
