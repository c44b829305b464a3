import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { concern, fieldOf, outcome, type Post, postOf, type ReadMessage } from './support.ts'

let gateway: TestGateway
let post: Post
beforeAll(async () => {
  gateway = await startTestGateway({ LOCAL_PROCEDURES: 'LA2=each-answer-gauge' })
  post = postOf(gateway)
})
afterAll(() => gateway.close())

const decided = { decidedBy: 'Duty manager', decidedOn: '2026-11-20' }
const recipient = (message: ReadMessage, to: string) => message.to.find((each) => each.to === to)
const has = async (persona: string, { id }: { readonly id: string }, args = 'first: 100'): Promise<boolean> =>
  (await post.inbox(persona, args)).some((message) => message.id === id)

describe('an enquiry of the front door', () => {
  const enquiry = (change: Readonly<Record<string, unknown>> = {}) => ({
    input: {
      childId: 'C04',
      rating: '=AMBER',
      ratingReason: 'Missing overnight, found with an adult',
      question: 'What do you hold of the last month?',
      asked: [{ organisation: 'F4' }, { organisation: '900005' }, { organisation: 'NHS-NOWHERE' }],
      notAsked: [{ organisation: 'Housing', reason: 'No tenancy is known' }],
      ...change,
    },
  })

  it('says what its colour times, names whom it did not ask, and keeps a question to a person for who is not connected', async () => {
    const sent = await post.act('mash-analyst', 'openEnquiry', enquiry())
    expect(sent.dueRule).toContain("AMBER: each agency's answer within 6 working hours")
    expect(sent.dueAt).toBe('2026-11-23T15:00:00Z')
    expect(fieldOf(sent.content, 'notAsked')).toContain('Housing')
    expect(recipient(sent, 'F4')).toMatchObject({ state: 'WAITING', connected: true })
    expect(recipient(sent, 'NHS-NOWHERE')).toMatchObject({ state: 'WAITING', connected: false })
  })

  it('has answers by each agency, of which the others read nothing, and calls no reply by its name on both sides', async () => {
    const { id } = await post.act('mash-analyst', 'openEnquiry', enquiry())
    const answer = {
      answer: 'Partner, at weekends, since May',
      evidence: '=PROFESSIONAL_OPINION',
      tie: 'CONTACT_WEEKLY',
    }
    await post.act('police-public-protection', 'answerEnquiry', { id, input: answer })
    const late = '2026-11-23T16:00:00Z'
    const read = await post.message('mash-analyst', id, late)
    expect(read).toMatchObject({ overdue: true, alertCode: 'PARTNER_NO_REPLY' })
    expect(recipient(read, 'F4')).toMatchObject({ state: 'ANSWERED', overdue: false })
    expect(recipient(read, '900005')).toMatchObject({ state: 'WAITING', overdue: true })
    expect(read.replies[0]?.content).toContainEqual({ name: 'tie', value: 'CONTACT_WEEKLY', evidence: null })
    expect(read.replies[0]?.content).toContainEqual({ name: 'evidence', value: 'PROFESSIONAL_OPINION', evidence: null })
    const asked = await post.message('school-dsl', id, late)
    expect(asked).toMatchObject({ alertCode: 'PARTNER_NO_REPLY', replies: [] })
    expect(asked.to.map(({ to }) => to)).toEqual(['900005'])
    expect((await post.message('police-public-protection', id, late)).overdue).toBe(false)
    // Whom else it asked, and whom not, tells where the child learns and is treated: the asker alone reads it.
    expect(read.content.filter(({ name }) => name === 'asked')).toHaveLength(3)
    expect(asked.content.filter(({ name }) => name === 'asked').map(({ value }) => value)).toEqual([
      'organisation: 900005',
    ])
    expect(fieldOf(asked.content, 'notAsked')).toBeUndefined()
  })

  it('takes another rating only with its reason, counts it from the beginning, and keeps both due times', async () => {
    const { id } = await post.act('mash-analyst', 'openEnquiry', enquiry({ rating: '=GREEN' }))
    expect(await post.refused('mash-analyst', 'rerateEnquiry', { id, rating: '=RED', reason: ' ' })).toBe(
      'BAD_INPUT reason',
    )
    expect(await post.refused('police-public-protection', 'rerateEnquiry', { id, rating: '=RED', reason: 'x' })).toBe(
      'FORBIDDEN ONLY_THE_SENDER',
    )
    const red = await post.act('mash-analyst', 'rerateEnquiry', {
      id,
      rating: '=RED',
      reason: 'Found in another force area',
    })
    expect(red.dueTimes).toEqual(['2026-11-25T17:00:00Z', '2026-11-21T01:59:59Z'])
    expect(red.dueAt).toBe('2026-11-21T01:59:59Z')
  })

  it('ends with a decision that has a name and a day', async () => {
    const { id } = await post.act('mash-analyst', 'openEnquiry', enquiry())
    const done = await post.act('mash-analyst', 'decideEnquiry', {
      id,
      input: { decision: 'Strategy discussion', reason: 'Three agencies', ...decided },
    })
    expect(done.state).toBe('CLOSED')
    expect(
      await post.refused('police-public-protection', 'answerEnquiry', {
        id,
        input: { answer: 'x', evidence: '=FACT', tie: 'x' },
      }),
    ).toBe('CONFLICT CLOSED')
  })

  it('makes who declined for harm to the child look again, and leaves what they said', async () => {
    const question = await post.act('social-worker', 'askAbout', {
      input: { childId: 'C04', to: { organisation: 'NHS-LA5-GP' }, question: 'Any injuries?', why: 'Assessment' },
    })
    await post.act('gp', 'declineMessage', {
      id: question.id,
      reason: '=DETRIMENT',
      explanation: 'It would end treatment.',
    })
    const before = await post.message('social-worker', question.id)
    expect(recipient(before, 'NHS-LA5-GP')?.state).toBe('DECLINED')
    await post.act('mash-analyst', 'openEnquiry', enquiry())
    const after = await post.message('social-worker', question.id)
    expect(recipient(after, 'NHS-LA5-GP')?.state).toBe('WAITING')
    expect(after.replies[0]).toMatchObject({ kind: 'DECLINED' })
    expect(await has('gp', question, 'first: 100, open: true')).toBe(true)
    await post.act('gp', 'answerQuestion', {
      id: question.id,
      input: { answer: 'Two, explained', evidence: '=FACT', tie: 'PATIENT' },
    })
    expect((await post.message('social-worker', question.id)).state).toBe('ANSWERED')
  })
})

describe('copies for the family', () => {
  const said = {
    OTHER: 'The plan goes on.',
    PLACE: 'Lives at 4 Long Reach, ZZ5 1AB.',
    SCHOOL: 'Learns at Southmere.',
    HEALTH_SERVICE: 'Is seen at the practice by the bridge.',
  }
  const whole = Object.values(said).join('\n\n')
  const copies = (childId: string, to: readonly object[], parts: Readonly<Record<string, string>> = said) => ({
    input: {
      ...{ childId, document: '=MINUTES', to },
      parts: Object.entries(parts).map(([about, text]) => ({ about: `=${about}`, text })),
    },
  })
  const father = { name: 'B', relation: 'father', livesWithChild: false }
  const mother = { name: 'A', relation: 'mother', livesWithChild: true }
  const checked = { identityCheckedBy: 'Conference chair', identityCheckedOn: '2026-11-20' }
  const copy = (text: string, to: string, lacks: string) =>
    `${text}; to: ${to}; lacks: ${lacks}; sha256: ${createHash('sha256').update(text).digest('hex')}`
  const copiesIn = ({ content }: ReadMessage) =>
    content.flatMap(({ name, value }) => (name === 'copies' ? [value] : []))

  it('are written for nobody whose identity is not checked, and keep nothing of what was refused', async () => {
    const kept = async () => gateway.opened.setting.opening.store.knex('gateway.message').count()
    const before = await kept()
    for (const unchecked of [
      father,
      { ...father, identityCheckedBy: 'Chair' },
      { ...father, ...checked, identityCheckedBy: null },
    ])
      expect(
        await post.refused('social-worker', 'copyForFamily', copies('C07', [{ ...mother, ...checked }, unchecked])),
      ).toBe('CONFLICT IDENTITY_NOT_CHECKED')
    const tomorrow = { ...father, ...checked, identityCheckedOn: '2026-11-22' }
    expect(await post.refused('social-worker', 'copyForFamily', copies('C07', [tomorrow]))).toBe(
      'BAD_INPUT IDENTITY_CHECKED_ON',
    )
    const hidden = { OTHER: 'She is at zz5 1ab now.' }
    expect(
      await post.refused('social-worker', 'copyForFamily', copies('C07', [{ ...father, ...checked }], hidden)),
    ).toBe('BAD_INPUT PLACE_IN_TEXT')
    expect(await kept()).toEqual(before)
  })

  it('leave places out where they must not be found, but for who lives with the child, each with its hash', async () => {
    const to = [father, mother].map((each) => ({ ...each, ...checked }))
    const lacks = 'PLACE, SCHOOL, HEALTH_SERVICE'
    expect(copiesIn(await post.act('social-worker', 'copyForFamily', copies('C07', to)))).toEqual([
      copy(said.OTHER, 'B', lacks),
      copy(whole, 'A', ''),
    ])
    const unprotected = await post.act(
      'social-worker',
      'copyForFamily',
      copies('C04', [to[0] ?? {}, { ...mother, ...checked, withoutPlace: true }]),
    )
    expect(copiesIn(unprotected)).toEqual([copy(whole, 'B', ''), copy(said.OTHER, 'A', lacks)])
  })

  it('are written by social care of the case alone', async () => {
    const to = [{ ...father, ...checked }]
    expect(await post.refused('school-dsl', 'copyForFamily', copies('C04', to))).toBe('FORBIDDEN ROLE_NOT_PERMITTED')
    expect(await post.refused('unrelated-officer', 'copyForFamily', copies('C04', to))).toBe('NOT_A_PARTY')
  })
})

describe('a closure', () => {
  const closure = (childId: string, change: Readonly<Record<string, unknown>> = {}) => ({
    input: { childId, reason: '=NEEDS_MET', summary: 'Visited twice', dispositions: [], ...decided, ...change },
  })
  const disposition = (name: string) => ({
    ...{ concern: name, text: 'Looked into', disposedBy: 'Social worker', disposedOn: '2026-11-19' },
  })

  it('is refused with the concerns that nobody disposed of, and closes with a reason that the referrer reads', async () => {
    const report = await post.act(
      'school-dsl-eastvale',
      'reportConcern',
      concern('C02', { concerns: ['=NEGLECT', '=SEXUAL_ABUSE'] }),
    )
    const blocked = await post.ask(
      'social-worker',
      `mutation { closeReferral(input: { childId: "C02", reason: NEEDS_MET, summary: "x", dispositions: [{ concern: "NEGLECT", text: "x", disposedBy: "y", disposedOn: "2026-11-19" }], decidedBy: "x", decidedOn: "2026-11-20" }) { id } }`,
    )
    expect(blocked.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'UNADDRESSED_RISK_FACTOR' })
    expect(blocked.errors[0]?.extensions['list']).toContain('SEXUAL_ABUSE')
    expect(blocked.errors[0]?.extensions['list']).not.toContain('NEGLECT')
    const closed = await post.act(
      'social-worker',
      'closeReferral',
      closure('C02', { dispositions: [disposition('NEGLECT')], overrideReason: 'Police investigate it' }),
    )
    for (const persona of ['school-dsl-eastvale', 'mash-analyst'])
      expect(await post.message(persona, closed.id)).toMatchObject({ alertCode: 'UNADDRESSED_RISK_FACTOR' })
    const read = await post.message('school-dsl-eastvale', closed.id)
    expect(fieldOf(read.content, 'overrideReason')).toBe('Police investigate it')
    const stands = { overrideReason: 'Police investigate it' }
    await post.act('mash-analyst', 'recordReferralOutcome', { id: report.id, input: outcome(stands) })
  })

  it('is refused while a family is away, until where they are is confirmed or their return was checked', async () => {
    const away = closure('C02', { reason: '=MOVED_ABROAD', overrideReason: 'x' })
    const withReturn = (returnExpectedOn: string) =>
      closure('C02', { ...away.input, returnExpectedOn, absenceCheckedBy: 'School, by telephone' })
    for (const refused of [
      away,
      withReturn('2026-11-30'),
      closure('C02', { ...away.input, returnExpectedOn: '2026-11-01' }),
    ])
      expect(await post.refused('social-worker', 'closeReferral', refused)).toBe(
        'CLOSURE_EVIDENCE_REQUIRED TEMPORARILY_ABROAD',
      )
    await post.act('social-worker', 'closeReferral', withReturn('2026-11-01'))
  })
})

describe('a meeting', () => {
  it('reaches both areas, is declined with a reason, and its outcome is filed by each who attended', async () => {
    const sent = await post.act('social-worker', 'inviteToMeeting', {
      input: {
        childId: 'C04',
        type: '=CLA_REVIEW',
        at: '2026-12-02T10:00:00Z',
        where: 'By video',
        purpose: 'Review',
        chair: 'Reviewing officer',
        notChosenByChild: ['NHS-LA5-CAMHS'],
      },
    })
    const invited = sent.to.map(({ to }) => to)
    for (const expected of ['900005', 'NHS-LA5-GP', 'NHS-LA5-CHC', 'HOME-LA5', 'F1', 'F4'])
      expect(invited).toContain(expected)
    expect(invited).not.toContain('NHS-LA5-CAMHS')
    expect((await post.message('care-home-worker', sent.id)).to.map(({ to }) => to)).toEqual(['HOME-LA5'])
    expect(await post.refused('care-home-worker', 'fileOutcome', { id: sent.id })).toBe('CONFLICT REFUSED')
    await post.act('care-home-worker', 'acceptInvitation', { id: sent.id })
    await post.act('school-nurse', 'declineMessage', {
      id: sent.id,
      reason: '=CAPACITY',
      explanation: 'One nurse for nine schools',
    })
    const held = await post.act('social-worker', 'recordMeetingOutcome', {
      id: sent.id,
      input: { outcome: 'Placement continues', attended: ['HOME-LA5', '900005'], ...decided },
    })
    expect(recipient(held, 'NHS-LA5-CHC')?.state).toBe('DECLINED')
    await post.act('care-home-worker', 'fileOutcome', { id: sent.id })
    const late = await post.message('social-worker', sent.id, '2026-12-10T10:00:00Z')
    expect(recipient(late, 'HOME-LA5')).toMatchObject({ state: 'ANSWERED', overdue: false })
    expect(recipient(late, '900005')).toMatchObject({ state: 'WAITING', overdue: true })
    expect(late.alertCode).toBe('OUTCOME_NOT_FILED')
    const attendee = await post.message('care-home-worker', sent.id)
    expect(fieldOf(attendee.content, 'notChosenByChild')).toBeUndefined()
    expect(attendee.replies.flatMap(({ content }) => fieldOf(content, 'attended') ?? [])).toEqual(['HOME-LA5'])
  })
})

describe('an action of a plan', () => {
  it('is read by the home, which says that it cannot be delivered, and the chair is told', async () => {
    const sent = await post.act('social-worker', 'assignPlanAction', {
      input: { childId: 'C04', to: { organisation: 'HOME-LA5' }, action: 'Constant supervision', due: '2026-11-25' },
    })
    expect(await post.message('care-home-worker', sent.id, '2026-11-22T00:00:00Z')).toMatchObject({
      overdue: true,
      alertCode: 'PLAN_ACTION_UNACKNOWLEDGED',
      content: expect.arrayContaining([{ name: 'action', value: 'Constant supervision', evidence: null }]),
    })
    await post.act('care-home-worker', 'cannotDeliverAction', {
      id: sent.id,
      reason: '=LEGAL',
      explanation: 'Nobody may be kept in without an order.',
    })
    const told = await post.message('reviewing-officer', sent.id)
    expect(fieldOf(told.replies[0]?.content ?? [], 'reason')).toBe('LEGAL')
    expect(told.replies[0]?.organisation).toBe('HOME-LA5')
    expect((await post.message('social-worker', sent.id, '2026-11-22T00:00:00Z')).overdue).toBe(false)
  })
})

describe('notices', () => {
  it('tells of imminent risk within the request, and nothing to the sender, not even whether there is a child', async () => {
    const risk = (childId: string, change = {}) => ({
      input: { childId, risk: 'Plans to run on Friday', evidence: '=DISCLOSURE', ...change },
    })
    const sent = await post.act('school-dsl', 'tellImminentRisk', risk('C04'))
    for (const persona of [
      'care-home-worker',
      'police-public-protection',
      'missing-coordinator',
      'social-worker',
      'mash-analyst',
    ])
      expect(await has(persona, sent)).toBe(true)
    await post.act('care-home-worker', 'acknowledgeMessage', { id: sent.id })
    const shown = async (persona: string, childId: string) => {
      const { id } = await post.act(persona, 'tellImminentRisk', risk(childId))
      const { id: _, childId: __, ...rest } = await post.message(persona, id)
      return rest
    }
    const none = await shown('gp', 'nobody')
    for (const childId of ['C04', 'C07', 'C10']) expect(await shown('gp', childId)).toEqual(none)
    expect((await post.message('school-dsl', sent.id)).replies).toEqual([])
    const ofCarer = await post.act('school-dsl', 'tellImminentRisk', risk('C04', { concernsCarer: true }))
    expect(await has('care-home-worker', ofCarer)).toBe(false)
    expect(await has('police-public-protection', ofCarer)).toBe(true)
  })

  it('tells a school of domestic abuse before its next day, and of a missing child without place or company', async () => {
    const notice = await post.act('missing-coordinator', 'tellDomesticAbuse', {
      input: { childId: 'C02', incidentAt: '2026-11-20T21:00:00Z' },
    })
    const read = (await post.inbox('school-dsl-eastvale', 'first: 100', 'DOMESTIC_ABUSE_NOTICE')).find(
      ({ id }) => id === notice.id,
    )
    expect(read?.dueAt).toBe('2026-11-23T08:00:00Z')
    expect(
      await post.refused('school-dsl', 'tellDomesticAbuse', {
        input: { childId: 'C04', incidentAt: '2026-11-20T21:00:00Z' },
      }),
    ).toBe('FORBIDDEN ROLE_NOT_PERMITTED')
    // No school is on record for this child: the front door has it, and the sender cannot tell.
    const withoutSchool = await post.act('missing-coordinator', 'tellDomesticAbuse', {
      input: { childId: 'C07', incidentAt: '2026-11-20T21:00:00Z' },
    })
    expect(withoutSchool.to).toEqual(notice.to)
    expect(await has('team-manager', withoutSchool)).toBe(true)
    const missing = await post.act('care-home-worker', 'tellMissing', {
      input: { childId: 'C04', from: '2026-11-20T18:00:00Z', overnight: false },
    })
    const told = await post.message('school-dsl', missing.id)
    expect(told.content.map(({ name }) => name)).toEqual(['from', 'overnight'])
    expect(await has('school-dsl-eastvale', missing)).toBe(false)
  })

  it('tells of a move those who may know the place, and not the service that works with whom it is kept from', async () => {
    const move = (childId: string) => ({
      input: { childId, movesOn: '2026-12-01', toLa: 'LA3', learntOn: '2026-11-20', source: 'Foster carer' },
    })
    const open = await post.act('social-worker', 'tellMove', move('C04'))
    for (const persona of ['school-dsl', 'gp', 'care-home-worker', 'police-public-protection', 'unrelated-officer'])
      expect(await has(persona, open)).toBe(true)
    const kept = await post.act('social-worker', 'tellMove', move('C07'))
    for (const persona of ['adult-services-worker', 'gp', 'designated-nurse', 'mash-analyst'])
      expect(await has(persona, kept)).toBe(false)
    expect(await has('unrelated-officer', kept)).toBe(true)
    const { id: _, childId: __, ...one } = open
    const { id: ___, childId: ____, ...other } = kept
    expect(other).toEqual(one)
  })

  it('holds the clock of the return interview to the return, and declined is an answer', async () => {
    const offered = await post.act('social-worker', 'offerReturnInterview', {
      input: {
        childId: 'C04',
        returnedAt: '2026-11-18T10:00:00Z',
        offeredBy: 'Advocacy service',
        offeredOn: '2026-11-18',
      },
    })
    expect(await post.message('social-worker', offered.id, '2026-11-21T10:01:00Z')).toMatchObject({
      overdue: true,
      alertCode: 'RHI_OVERDUE',
    })
    await post.act('social-worker', 'recordReturnInterviewDeclined', {
      id: offered.id,
      declinedOn: '2026-11-19',
      askedBy: 'Advocate',
    })
    const read = await post.message('care-home-worker', offered.id, '2026-11-21T10:01:00Z')
    expect(read).toMatchObject({ overdue: false, alertCode: null })
    expect(read.replies[0]?.kind).toBe('CHILD_DECLINED')
  })

  it('puts a trigger plan before everything else until it is ended', async () => {
    const { id } = await post.act('social-worker', 'shareTriggerPlan', {
      input: { childId: 'C04', plan: 'Ring the aunt first', ...decided },
    })
    const first = async () => {
      const { data } = await post.ask(
        'police-public-protection',
        '{ messages(childId: "C04", first: 1) { pinned { id } messages { id } } }',
      )
      return (data as unknown as { messages: { pinned: readonly { id: string }[] } }).messages.pinned.map(
        (each) => each.id,
      )
    }
    expect(await first()).toEqual([id])
    await post.act('social-worker', 'endTriggerPlan', { id, reason: 'Replaced', ...decided })
    expect(await first()).toEqual([])
  })
})

describe('decisions and what follows them', () => {
  it('asks senior managers to look, and keeps what they decided', async () => {
    const { id } = await post.act('social-worker', 'requestSeniorOversight', {
      input: { childId: 'C04', why: 'Three times missing in a month', knownSoFar: 'As in the view' },
    })
    expect((await post.message('head-of-service', id, '2026-11-26T10:00:00Z')).alertCode).toBe('SENIOR_OVERSIGHT_DUE')
    const done = await post.act('head-of-service', 'recordSeniorOversight', {
      id,
      input: { decision: 'Complex case discussion', reason: 'Pattern', ...decided },
    })
    expect(done.state).toBe('CLOSED')
  })

  it('sends a child home only after a discussion with police and another agency', async () => {
    const home = (discussedWith: readonly string[]) => ({
      input: {
        ...{ childId: 'C04', returnOn: '2026-12-01', toWhom: 'Mother', discussedOn: '2026-11-19', discussedWith },
        ...{ liveInvestigation: true, childSays: 'Wants to go', reason: 'Assessed', ...decided },
      },
    })
    for (const discussed of [[], ['=POLICE'], ['=HEALTH', '=EDUCATION'], ['=POLICE', '=SOCIAL_CARE']])
      expect(await post.refused('social-worker', 'decideReunification', home(discussed))).toBe(
        'CONFLICT DISCUSSION_REQUIRED',
      )
    const { id } = await post.act('social-worker', 'decideReunification', home(['=POLICE', '=HEALTH']))
    expect((await post.message('police-public-protection', id)).alertCode).toBe('RETURN_HOME_DURING_LIVE_INVESTIGATION')
  })

  it('gives a breach an owner, seventy-two hours, and no end before the child is known to be safe', async () => {
    const { id } = await post.act('social-worker', 'reportBreach', {
      input: {
        childId: 'C04',
        what: 'Minutes went to the wrong address',
        awareSince: '2026-11-20T10:00:00Z',
        whoHasIt: 'A neighbour',
        placeGivenAway: true,
      },
    })
    expect((await post.message('information-governance', id)).dueAt).toBe('2026-11-23T10:00:00Z')
    const of = (awareSince: string) => ({
      input: { childId: 'C04', what: 'x', awareSince, whoHasIt: 'x', placeGivenAway: false },
    })
    for (const at of ['9999-12-31T00:00:00Z', '0000-01-01T00:00:00Z'])
      expect(await post.refused('social-worker', 'reportBreach', of(at))).toBe('OPERATION_INVALID')
    expect(await post.refused('social-worker', 'reportBreach', of('2150-01-01T00:00:00Z'))).toBe('BAD_INPUT awareSince')
    const offered = { childId: 'C04', returnedAt: '2026-11-23T00:00:00Z', offeredBy: 'x', offeredOn: '2026-11-20' }
    expect(await post.refused('social-worker', 'offerReturnInterview', { input: offered })).toBe('BAD_INPUT returnedAt')
    const followUp = (change: object) => ({
      id,
      input: { reportedToRegulator: true, safetyReviewed: true, ...decided, ...change },
    })
    for (const change of [{ safetyReviewed: false }, { reportedToRegulator: false }])
      expect(await post.refused('information-governance', 'recordBreachFollowUp', followUp(change))).toBe(
        'CONFLICT REFUSED',
      )
    await post.act('information-governance', 'recordBreachFollowUp', followUp({}))
    expect((await post.message('social-worker', id)).state).toBe('CLOSED')
  })

  it('lists an action from a review as late until it is said whether it worked', async () => {
    const { id } = await post.act('social-worker', 'assignLearningAction', {
      input: {
        what: 'Ask for history',
        to: { organisation: 'F1' },
        due: '2026-11-10',
        howKnown: 'Audit',
        review: 'Review 1',
      },
    })
    const late = await post.inbox('missing-coordinator', 'first: 100, overdue: true')
    expect(late.find((message) => message.id === id)).toMatchObject({
      alertCode: 'LEARNING_ACTION_OVERDUE',
      childId: null,
    })
    await post.act('missing-coordinator', 'completeLearningAction', {
      id,
      input: { done: 'A form', evidence: '=FACT', didItWork: '=PARTLY', doneOn: '2026-11-19' },
    })
    expect(
      (await post.inbox('missing-coordinator', 'first: 100, overdue: true')).some((message) => message.id === id),
    ).toBe(false)
  })
})

describe('a disagreement', () => {
  it('is open to whoever is a party to the case, the reviewing officer too, and to nobody else', async () => {
    const raise = (childId: string) => ({
      input: {
        childId,
        to: { organisation: 'LA2', service: '=CASE_TEAM' },
        subject: 'Drift',
        reasons: 'No review',
        wanted: 'A review',
      },
    })
    const raised = await post.act('reviewing-officer', 'raiseDisagreement', raise('C04'))
    expect(raised.stage).toBe(1)
    expect(await has('social-worker', raised)).toBe(true)
    for (const childId of ['C08', 'nobody'])
      expect(await post.refused('reviewing-officer', 'raiseDisagreement', raise(childId))).toBe('NOT_A_PARTY')
  })
})
