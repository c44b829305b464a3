import { describe, expect, it } from 'vitest'
import { ageBandOf } from '../../src/facts/childFacts.ts'
import { stateNow } from '../../src/facts/storedFacts.ts'
import { decide } from '../../src/policy/decide.ts'
import { plainRow } from '../../src/policy/decisionInput.ts'
import type { ChildFacts, ConsentFact } from '../../src/policy/facts.ts'
import type { Label } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import { speakingConsent } from '../../src/policy/validConsent.ts'
import type { AgencyType, Purpose, Role } from '../../src/policy/vocabulary.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'

/** The consent lifecycle as a table: what was recorded, at what instant somebody asks, and what they are told. */

const pack = readPack()
const outcomes = {
  given: 'OK_CONSENT',
  refused: 'W_CONSENT_REFUSED',
  withdrawn: 'W_CONSENT_WITHDRAWN',
  expired: 'W_CONSENT_EXPIRED',
  none: 'W_CONSENT_NOT_SOUGHT',
} as const

interface Recorded {
  readonly giver: 'CHILD' | 'PARENT'
  readonly state?: 'GIVEN' | 'REFUSED' | 'NOT_SOUGHT'
  readonly competence?: ConsentFact['competence']
  readonly at?: string
  readonly expiresOn?: string
  readonly withdrawnAt?: string
  readonly labels?: readonly Label[]
  readonly recipient?: AgencyType
  readonly purpose?: Purpose
}

interface Asked {
  readonly now?: string
  readonly bornOn?: string
  readonly label?: Label
  readonly purpose?: Purpose
  readonly role?: Role
  readonly agencyType?: AgencyType
  readonly harm?: ChildFacts['harm']
}

const born = '2012-03-10'
const noon = '2026-11-20T12:00:00Z'

/** As the facts statement reads a record, at an instant. */
const factOf = (recorded: Recorded, index: number, now: string): readonly ConsentFact[] => {
  const recordedAt = recorded.at ?? `2026-01-0${index + 1}T09:00:00Z`
  if (recordedAt > now) return []
  const withdrawnAt = recorded.withdrawnAt !== undefined && recorded.withdrawnAt <= now ? recorded.withdrawnAt : null
  const stored = { state: recorded.state ?? 'GIVEN', withdrawnAt, expiresOn: recorded.expiresOn ?? null }
  return [
    {
      id: String(index),
      state: stateNow(stored, ukDay(new Date(now))),
      labels: recorded.labels ?? [],
      recipient: recorded.recipient ?? null,
      purpose: recorded.purpose ?? null,
      giver: recorded.giver,
      competence: recorded.competence ?? 'NOT_ASSESSED',
      recordedAt: withdrawnAt ?? recordedAt,
    },
  ]
}

function codeOf(register: readonly Recorded[], asked: Asked): string {
  const now = asked.now ?? noon
  const { label = 'HEALTH_MENTAL', purpose = 'EARLY_HELP', role = 'GP', agencyType = 'HEALTH', harm = 'NONE' } = asked
  const ageBand = ageBandOf(asked.bornOn ?? born, null, ukDay(new Date(now)))
  const consents = register.flatMap((recorded, index) => factOf(recorded, index, now))
  const consent = speakingConsent(consents, { label, recipient: agencyType, purpose, ageBand })
  return decide(pack, {
    caller: { agencyType, role, purpose },
    child: { relationship: 'EPISODE', harm, ageBand, agreement: true, breakGlass: false },
    label,
    level: 'CONTENT',
    // Another agency's record: one's own is not asked of anybody.
    home: 'SOCIAL_CARE',
    own: false,
    row: plainRow,
    consent,
  }).code
}

type Line = readonly [title: string, register: readonly Recorded[], asked: Asked, code: string]
const run = (lines: readonly Line[]) => {
  for (const [title, register, asked, code] of lines) it(title, () => expect(codeOf(register, asked)).toBe(code))
}

const parent = (change: Partial<Recorded> = {}): Recorded => ({ giver: 'PARENT', ...change })
const child = (change: Partial<Recorded> = {}): Recorded => ({ giver: 'CHILD', competence: 'COMPETENT', ...change })
const unable = (change: Partial<Recorded> = {}): Recorded => ({
  giver: 'CHILD',
  competence: 'NOT_COMPETENT',
  ...change,
})
const unknown = (change: Partial<Recorded> = {}): Recorded => ({ giver: 'CHILD', ...change })
const refused = { state: 'REFUSED' } as const
const notSought = { state: 'NOT_SOUGHT' } as const
const withdrawn = { withdrawnAt: '2026-06-01T09:00:00Z' } as const
const ranOut = { expiresOn: '2026-06-01' } as const

const states = [
  ['given', {}, outcomes.given],
  ['refused', refused, outcomes.refused],
  ['withdrawn', withdrawn, outcomes.withdrawn],
  ['expired', ranOut, outcomes.expired],
  ['not sought', notSought, outcomes.none],
] as const
const ages = [
  ['13 to 15', '2012-03-10', 'YOUNG'],
  ['16 to 17', '2010-03-10', 'SIXTEEN'],
  ['18', '2008-03-10', 'SIXTEEN'],
] as const

describe('one giver', () => {
  for (const [age, bornOn, group] of ages)
    for (const [state, change, code] of states)
      run([
        [
          `${state} by a parent of a child of ${age}`,
          [parent(change)],
          { bornOn },
          group === 'YOUNG' ? code : outcomes.none,
        ],
        [`${state} by a competent child of ${age}`, [child(change)], { bornOn }, code],
        [`${state} by a child of ${age} judged unable`, [unable(change)], { bornOn }, outcomes.none],
        [
          `${state} by a child of ${age} whom nobody assessed`,
          [unknown(change)],
          { bornOn },
          group === 'YOUNG' ? outcomes.none : code,
        ],
      ])
  run([['nobody was asked', [], {}, outcomes.none]])
})

describe('a competent child against a parent', () => {
  run([
    ['refuses after the parent gave', [parent(), child(refused)], {}, outcomes.refused],
    ['refused before the parent gave', [child(refused), parent()], {}, outcomes.refused],
    ['gives after the parent refused', [parent(refused), child()], {}, outcomes.given],
    ['gave before the parent refused', [child(), parent(refused)], {}, outcomes.given],
    [
      'withdrew, and the parent gives later',
      [child(withdrawn), parent({ at: '2026-07-01T09:00:00Z' })],
      {},
      outcomes.withdrawn,
    ],
    ['gave until a day that is past; the parent refuses', [child(ranOut), parent(refused)], {}, outcomes.refused],
    ['gave until a day that is past; the parent gave', [child(ranOut), parent()], {}, outcomes.given],
    ['was not asked; the parent gave', [child(notSought), parent()], {}, outcomes.given],
    ['was not asked; the parent refused', [child(notSought), parent(refused)], {}, outcomes.refused],
    ['changes their mind and gives', [child(refused), child({ at: '2026-02-01T09:00:00Z' })], {}, outcomes.given],
    [
      'changes their mind and refuses',
      [child(), child({ ...refused, at: '2026-02-01T09:00:00Z' })],
      {},
      outcomes.refused,
    ],
    [
      'says both at one instant: the refusal holds',
      [child({ at: noon }), child({ ...refused, at: noon })],
      {},
      outcomes.refused,
    ],
    [
      'says both at one instant, the other way round',
      [child({ ...refused, at: noon }), child({ at: noon })],
      {},
      outcomes.refused,
    ],
  ])
})

describe('a child who is not competent against a parent', () => {
  run([
    ['refuses: the parent’s word holds', [parent(), unable(refused)], {}, outcomes.given],
    ['gives: the parent’s refusal holds', [parent(refused), unable()], {}, outcomes.refused],
    ['refuses unassessed: the parent’s word holds', [parent(), unknown(refused)], {}, outcomes.given],
    ['gives unassessed: the parent’s refusal holds', [parent(refused), unknown()], {}, outcomes.refused],
    [
      'is judged competent later, and then refuses',
      [parent(), unable(refused), child({ ...refused, at: '2026-03-01T09:00:00Z' })],
      {},
      outcomes.refused,
    ],
    [
      'was competent, and is judged not to be: the earlier word still stands',
      [parent(), child(refused), unable({ at: '2026-03-01T09:00:00Z' })],
      {},
      outcomes.refused,
    ],
  ])
})

describe('two parents', () => {
  run([
    ['the latest act counts: given', [parent(refused), parent({ at: '2026-02-01T09:00:00Z' })], {}, outcomes.given],
    [
      'the latest act counts: refused',
      [parent(), parent({ ...refused, at: '2026-02-01T09:00:00Z' })],
      {},
      outcomes.refused,
    ],
    [
      'at one instant the refusal counts',
      [parent({ at: noon }), parent({ ...refused, at: noon })],
      {},
      outcomes.refused,
    ],
    ['one withdraws after the other gave', [parent(withdrawn), parent()], {}, outcomes.withdrawn],
    [
      'one gives again after the other withdrew',
      [parent(withdrawn), parent({ at: '2026-07-01T09:00:00Z' })],
      {},
      outcomes.given,
    ],
    ['one that ran out does not silence one that stands', [parent(ranOut), parent()], {}, outcomes.given],
    ['one that was never sought does not silence one that stands', [parent(notSought), parent()], {}, outcomes.given],
  ])
})

describe('the end of the day on which a consent expires, in London', () => {
  // Summer time: midnight is at 23:00 UTC. Winter: at 00:00 UTC.
  run([
    [
      'stands a second before midnight in summer',
      [parent({ expiresOn: '2026-07-10' })],
      { now: '2026-07-10T22:59:59Z' },
      outcomes.given,
    ],
    [
      'is over at midnight in summer',
      [parent({ expiresOn: '2026-07-10' })],
      { now: '2026-07-10T23:00:00Z' },
      outcomes.expired,
    ],
    [
      'stands a second before midnight in winter',
      [parent({ expiresOn: '2026-11-20' })],
      { now: '2026-11-20T23:59:59Z' },
      outcomes.given,
    ],
    [
      'is over at midnight in winter',
      [parent({ expiresOn: '2026-11-20' })],
      { now: '2026-11-21T00:00:00Z' },
      outcomes.expired,
    ],
    [
      'stands on the night the clocks go back',
      [parent({ expiresOn: '2026-10-25' })],
      { now: '2026-10-25T23:59:59Z' },
      outcomes.given,
    ],
    [
      'is over after that night',
      [parent({ expiresOn: '2026-10-25' })],
      { now: '2026-10-26T00:00:00Z' },
      outcomes.expired,
    ],
    [
      'stands on the night the clocks go forward',
      [parent({ expiresOn: '2026-03-29' })],
      { now: '2026-03-29T22:59:59Z' },
      outcomes.given,
    ],
    [
      'is over after that night too',
      [parent({ expiresOn: '2026-03-29' })],
      { now: '2026-03-29T23:00:00Z' },
      outcomes.expired,
    ],
    ['stands without a day', [parent()], { now: '2036-01-01T00:00:00Z', bornOn: '2021-01-01' }, outcomes.given],
    [
      'a refusal runs out too, and then nobody consents',
      [parent({ ...refused, expiresOn: '2026-07-10' })],
      { now: '2026-07-11T00:00:00Z' },
      outcomes.expired,
    ],
    [
      'what was never sought does not run out',
      [parent({ ...notSought, expiresOn: '2026-07-10' })],
      { now: '2026-07-11T12:00:00Z' },
      outcomes.none,
    ],
    [
      'a withdrawal stands after the day has passed',
      [parent({ ...withdrawn, expiresOn: '2026-07-10' })],
      { now: '2026-07-11T12:00:00Z' },
      outcomes.withdrawn,
    ],
  ])
})

describe('a withdrawal', () => {
  const register = [parent({ withdrawnAt: '2026-06-01T09:00:00.000Z' })]
  run([
    ['is not there a millisecond before', register, { now: '2026-06-01T08:59:59.999Z' }, outcomes.given],
    ['is there at its instant', register, { now: '2026-06-01T09:00:00.000Z' }, outcomes.withdrawn],
    ['stays', register, {}, outcomes.withdrawn],
    ['is undone only by a new consent', [...register, parent({ at: '2026-06-02T09:00:00Z' })], {}, outcomes.given],
    [
      'stands before what was given earlier',
      [...register, parent({ at: '2026-05-31T09:00:00Z' })],
      {},
      outcomes.withdrawn,
    ],
    [
      'by the child stands before a parent’s later word',
      [child({ withdrawnAt: '2026-06-01T09:00:00Z' }), parent({ at: '2026-09-01T09:00:00Z' })],
      {},
      outcomes.withdrawn,
    ],
    [
      'of one recipient leaves the other',
      [parent({ ...withdrawn, recipient: 'EDUCATION' }), parent({ recipient: 'HEALTH' })],
      {},
      outcomes.given,
    ],
  ])
})

describe('a birthday at midnight', () => {
  const thirteen = { bornOn: '2013-11-21' }
  const sixteen = { bornOn: '2010-11-21' }
  const eighteen = { bornOn: '2008-11-21' }
  const before = { now: '2026-11-20T23:59:59Z' }
  const after = { now: '2026-11-21T00:00:00Z' }
  const summer = { bornOn: '2010-07-11' }
  run([
    ['under 13 a sensitive service is never blocked', [child(refused)], { ...thirteen, ...before }, 'OK_DUTY'],
    [
      'on the 13th birthday a competent child’s refusal counts',
      [child(refused)],
      { ...thirteen, ...after },
      outcomes.refused,
    ],
    ['on the 13th birthday a parent’s refusal counts', [parent(refused)], { ...thirteen, ...after }, outcomes.refused],
    ['on the 13th birthday nobody’s consent is nobody’s', [], { ...thirteen, ...after }, outcomes.none],
    [
      'under 13 general health asks consent all the same',
      [parent(refused)],
      { ...thirteen, ...before, label: 'HEALTH_GENERAL' },
      outcomes.refused,
    ],
    ['at 15 a parent’s consent holds', [parent()], { ...sixteen, ...before }, outcomes.given],
    ['on the 16th birthday it no longer does', [parent()], { ...sixteen, ...after }, outcomes.none],
    [
      'on the 16th birthday a parent’s refusal no longer blocks the young person',
      [parent(refused), unknown()],
      { ...sixteen, ...after },
      outcomes.given,
    ],
    ['at 15 an unassessed child’s word counts for nothing', [unknown()], { ...sixteen, ...before }, outcomes.none],
    ['on the 16th birthday it counts', [unknown()], { ...sixteen, ...after }, outcomes.given],
    ['on the 16th birthday one judged unable still cannot', [unable()], { ...sixteen, ...after }, outcomes.none],
    [
      'the 16th birthday in summer comes at 23:00 UTC',
      [parent()],
      { ...summer, now: '2026-07-10T23:00:00Z' },
      outcomes.none,
    ],
    ['and not a second before', [parent()], { ...summer, now: '2026-07-10T22:59:59Z' }, outcomes.given],
    ['at 17 the young person’s refusal stands', [child(refused)], { ...eighteen, ...before }, outcomes.refused],
    ['on the 18th birthday it stands still', [child(refused)], { ...eighteen, ...after }, outcomes.refused],
    ['on the 18th birthday a parent has no say', [parent()], { ...eighteen, ...after }, outcomes.none],
    [
      'one born on 29 February is 16 on 1 March',
      [parent()],
      { bornOn: '2008-02-29', now: '2024-02-29T00:00:00Z' },
      outcomes.none,
    ],
    [
      'and in a common year not on 28 February',
      [parent({ at: '2020-01-01T00:00:00Z' })],
      { bornOn: '2008-02-29', now: '2023-02-28T23:59:59Z' },
      outcomes.given,
    ],
  ])
})

describe('a recipient and a purpose', () => {
  const school = {
    agencyType: 'EDUCATION',
    role: 'DESIGNATED_SAFEGUARDING_LEAD',
    purpose: 'EARLY_HELP',
    label: 'SOCIAL_CARE',
  } as const
  run([
    ['given to health is given to health', [parent({ recipient: 'HEALTH' })], {}, outcomes.given],
    ['given to education is not given to health', [parent({ recipient: 'EDUCATION' })], {}, outcomes.none],
    [
      'refused to education is not refused to health',
      [parent(), parent({ ...refused, recipient: 'EDUCATION' })],
      {},
      outcomes.given,
    ],
    ['refused to all after given to one', [parent({ recipient: 'HEALTH' }), parent(refused)], {}, outcomes.refused],
    ['given for early help is given for early help', [parent({ purpose: 'EARLY_HELP' })], {}, outcomes.given],
    ['given for direct care is not given for early help', [parent({ purpose: 'DIRECT_CARE' })], {}, outcomes.none],
    [
      'refused for direct care leaves early help',
      [parent(), parent({ ...refused, purpose: 'DIRECT_CARE' })],
      {},
      outcomes.given,
    ],
    ['given for a label is given for it', [parent({ labels: ['HEALTH_MENTAL'] })], {}, outcomes.given],
    ['given for another label is not', [parent({ labels: ['EDUCATION'] })], {}, outcomes.none],
    [
      'refused for this label after given for all',
      [parent(), parent({ ...refused, labels: ['HEALTH_MENTAL'] })],
      {},
      outcomes.refused,
    ],
    [
      'given for all after refused for this label',
      [parent({ ...refused, labels: ['HEALTH_MENTAL'] }), parent()],
      {},
      outcomes.given,
    ],
    [
      'a child’s refusal for one label leaves the parent’s word on others',
      [parent(), child({ ...refused, labels: ['HEALTH_SEXUAL'] })],
      {},
      outcomes.given,
    ],
    [
      'all three narrow together',
      [parent({ recipient: 'HEALTH', purpose: 'EARLY_HELP', labels: ['HEALTH_MENTAL'] })],
      {},
      outcomes.given,
    ],
    [
      'and one that does not fit is enough to close',
      [parent({ recipient: 'HEALTH', purpose: 'DIRECT_CARE', labels: ['HEALTH_MENTAL'] })],
      {},
      outcomes.none,
    ],
    [
      'a label hidden from the role stays closed with consent',
      [parent()],
      { ...school, label: 'HEALTH_MENTAL' },
      'W_ROLE_NOT_PERMITTED',
    ],
    [
      'what only a duty opens stays closed with consent',
      [parent()],
      { label: 'POLICE_RECORD', role: 'GP' },
      'W_ROLE_NOT_PERMITTED',
    ],
  ])
})

describe('where consent is not asked', () => {
  const everything = [
    ['given', [parent()]],
    ['refused by the parent', [parent(refused)]],
    ['refused by the competent child', [child(refused)]],
    ['withdrawn', [child(withdrawn)]],
    ['run out', [child(ranOut)]],
    ['never sought', []],
  ] as const
  for (const [state, register] of everything)
    run([
      [
        `a section 47 enquiry reads on: ${state}`,
        register,
        { purpose: 'S47_ENQUIRY', role: 'DESIGNATED_NURSE' },
        'OK_S47',
      ],
      [`an emergency reads on: ${state}`, register, { purpose: 'EMERGENCY', role: 'DESIGNATED_NURSE' }, 'OK_EMERGENCY'],
      [`reasonable cause reads on: ${state}`, register, { harm: 'REASONABLE_CAUSE' }, 'OK_DUTY'],
    ])
  run([
    [
      'a duty reads on past a parent’s refusal',
      [parent(refused)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE' },
      'OK_DUTY',
    ],
    [
      'a duty stops at a competent child’s refusal of a sensitive service',
      [child(refused)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE' },
      'W_DETRIMENT_PRESUMED_SENSITIVE',
    ],
    [
      'and at a withdrawal',
      [child(withdrawn)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE' },
      'W_DETRIMENT_PRESUMED_SENSITIVE',
    ],
    [
      'and at one that ran out',
      [child(ranOut)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE' },
      'W_DETRIMENT_PRESUMED_SENSITIVE',
    ],
    [
      'not at an unassessed child’s',
      [unknown(refused)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE' },
      'OK_DUTY',
    ],
    [
      'not once there is concern',
      [child(refused)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE', harm: 'CONCERN' },
      'OK_DUTY',
    ],
    [
      'not for general health',
      [child(refused)],
      { purpose: 'CP_CONFERENCE', role: 'DESIGNATED_NURSE', label: 'HEALTH_GENERAL' },
      'OK_DUTY',
    ],
  ])
})
