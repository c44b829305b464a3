import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { mailboxesOf } from '../../src/exchange/mailboxes.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { concern, fieldOf, mutation, outcome, type Post, postOf } from './support.ts'

let gateway: TestGateway
let post: Post
beforeAll(async () => {
  gateway = await startTestGateway()
  post = postOf(gateway)
})
afterAll(() => gateway.close())

const has = async (persona: string, id: string, args = 'first: 100'): Promise<boolean> =>
  (await post.inbox(persona, args)).some((message) => message.id === id)

describe('a report of a concern, its outcome, the challenge and its stages', () => {
  it('goes from a school to the front door, is challenged, moved on, and resolved, each inbox showing it in time', async () => {
    const report = await post.act('school-dsl-eastvale', 'reportConcern', concern('C02'))
    expect(report).toMatchObject({ direction: 'SENT', state: 'OPEN', overdue: false })
    expect(report.to).toEqual([
      expect.objectContaining({ to: "The front door of children's social care", state: 'TAKEN' }),
    ])
    // The story's day is a Friday night: the next working day ends on Monday, as that of the alert does.
    expect(report.dueAt).toBe('2026-11-23T17:00:00Z')

    expect(await has('mash-analyst', report.id)).toBe(true)
    expect(await has('school-dsl', report.id)).toBe(false)
    const seen = await post.act('mash-analyst', 'seeMessage', { id: report.id })
    expect(seen).toMatchObject({ state: 'OPEN', seenAt: expect.any(String) })
    const late = '2026-11-24T17:00:00Z'
    for (const persona of ['school-dsl-eastvale', 'mash-analyst'])
      expect(await post.message(persona, report.id, late)).toMatchObject({
        overdue: true,
        alertCode: 'REFERRAL_FEEDBACK_OVERDUE',
      })

    await post.act('mash-analyst', 'recordReferralOutcome', { id: report.id, input: outcome() })
    const read = await post.message('school-dsl-eastvale', report.id, late)
    expect(read).toMatchObject({ state: 'CLOSED', overdue: false })
    const [reply] = read.replies
    expect(fieldOf(reply?.content ?? [], 'outcome')).toBe('CONTACT_ONLY')
    expect(fieldOf(reply?.content ?? [], 'challenge')).toBe('Hub manager, 01632 960220')
    expect(fieldOf(reply?.content ?? [], 'decidedBy')).toBe('Duty manager')

    const challenge = await post.act('school-dsl-eastvale', 'raiseDisagreement', {
      input: {
        childId: 'C02',
        about: report.id,
        to: { organisation: 'LA2', service: '=FRONT_DOOR' },
        subject: 'Closed as a contact',
        reasons: 'It is the third report of this term.',
        wanted: 'An assessment',
      },
    })
    expect(challenge).toMatchObject({ stage: 1, dueAt: '2026-11-27T17:00:00Z', nextStage: null })
    expect(await has('mash-analyst', challenge.id)).toBe(true)
    expect(await has('social-worker', challenge.id)).toBe(false)
    const overdue = await post.message('school-dsl-eastvale', challenge.id, '2026-12-01T10:00:00Z')
    expect(overdue).toMatchObject({ overdue: true, alertCode: 'DISAGREEMENT_STAGE_OVERDUE', nextStage: { stage: 2 } })

    const moved = await post.act('school-dsl-eastvale', 'escalateMessage', { id: challenge.id, reason: 'No answer' })
    expect(moved).toMatchObject({ stage: 2 })
    expect(await has('team-manager', challenge.id)).toBe(true)
    await post.act('team-manager', 'respondToDisagreement', { id: challenge.id, response: 'We will look again.' })
    expect((await post.message('mash-analyst', challenge.id)).replies.map(({ kind }) => kind)).toEqual([
      'STAGE',
      'RESPONSE',
    ])
    const resolution = {
      id: challenge.id,
      input: {
        resolution: '=CHANGED',
        reasons: 'An assessment begins on Monday.',
        decidedBy: 'Team manager',
        decidedOn: '2026-11-20',
      },
    }
    // Whose outcome is challenged does not end the challenge that went over their head.
    expect(await post.refused('mash-analyst', 'resolveDisagreement', resolution)).toContain('NOT_AT_THIS_STAGE')
    expect((await post.message('mash-analyst', challenge.id)).answers).not.toContain('resolveDisagreement')
    expect((await post.message('team-manager', challenge.id)).answers).toContain('resolveDisagreement')
    await post.act('team-manager', 'resolveDisagreement', resolution)
    const resolved = await post.message('school-dsl-eastvale', challenge.id)
    expect(resolved.state).toBe('CLOSED')
    expect(fieldOf(resolved.replies.at(-1)?.content ?? [], 'reasons')).toBe('An assessment begins on Monday.')

    const told = async (persona: string) => {
      const { data } = await post.ask(
        persona,
        '{ child(id: "C02") { chronology(first: 200) { total events { recordType headline action provenance { organisation agency system } } } } }',
      )
      const events = (
        data as unknown as { child: { chronology: { events: readonly { recordType: string; headline: string }[] } } }
      ).child.chronology.events
      return events.filter(({ recordType }) => recordType === 'messages')
    }
    for (const persona of ['school-dsl-eastvale', 'mash-analyst', 'team-manager'])
      expect((await told(persona)).map(({ headline }) => headline)).toEqual([
        'Disagreement raised: Closed as a contact',
        'Disagreement moved to stage 2: Closed as a contact',
        'Disagreement resolved (CHANGED): Closed as a contact',
      ])
    expect(await told('social-worker')).toEqual([])
  })

  it('has exactly one outcome, whoever gives the second', async () => {
    const { id } = await post.act('school-dsl-eastvale', 'reportConcern', concern('C03'))
    const given = await Promise.all(
      ['mash-analyst', 'team-manager', 'mash-analyst'].map((persona) =>
        post.ask(
          persona,
          `mutation { recordReferralOutcome(id: "${id}", input: { outcome: DUPLICATE, reason: "x", challenge: "y", decidedBy: "z", decidedOn: "2026-11-20" }) { state } }`,
        ),
      ),
    )
    expect(given.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(given.flatMap(({ errors }) => errors).map(({ extensions }) => extensions['code'])).toEqual([
      'CONFLICT',
      'CONFLICT',
    ])
    expect((await post.message('school-dsl-eastvale', id)).replies).toHaveLength(1)
  })

  it('ends with every concern disposed of, or with a reason that marks it for the referrer', async () => {
    const both = concern('C03', { concerns: ['=NEGLECT', '=SEXUAL_ABUSE'] })
    const of = (...concerns: readonly string[]) => ({
      dispositions: concerns.map((each) => ({
        ...{ concern: each, text: 'Looked into', disposedBy: 'Duty manager', disposedOn: '2026-11-20' },
      })),
    })
    const first = await post.act('school-dsl-eastvale', 'reportConcern', both)
    const ended = async (id: string, change: Readonly<Record<string, unknown>>) =>
      (await post.ask('mash-analyst', mutation('recordReferralOutcome', { id, input: outcome(change) }))).errors[0]
        ?.extensions
    const left = (...list: readonly string[]) => ({ code: 'CONFLICT', reason: 'UNADDRESSED_RISK_FACTOR', list })
    expect(await ended(first.id, {})).toMatchObject(left('NEGLECT', 'SEXUAL_ABUSE'))
    expect(await ended(first.id, of('NEGLECT'))).toMatchObject(left('SEXUAL_ABUSE'))
    expect(await ended(first.id, of('NEGLECT', 'OTHER'))).toMatchObject(left('SEXUAL_ABUSE'))
    expect((await post.message('school-dsl-eastvale', first.id)).state).toBe('OPEN')

    // A duplicate leaves to another report what that names, and nothing more.
    const second = await post.act('school-dsl-eastvale', 'reportConcern', {
      ...concern('C03', { concerns: ['=NEGLECT', '=SELF_HARM'] }),
    })
    expect(await ended(second.id, { outcome: '=DUPLICATE' })).toMatchObject(left('SELF_HARM'))
    expect(await ended(second.id, { outcome: '=DUPLICATE', ...of('SELF_HARM') })).toBeUndefined()
    expect(await post.message('school-dsl-eastvale', second.id)).toMatchObject({ state: 'CLOSED', alertCode: null })

    expect(await ended(first.id, { ...of('NEGLECT'), overrideReason: 'Police investigate it' })).toBeUndefined()
    for (const persona of ['school-dsl-eastvale', 'mash-analyst'])
      expect(await post.message(persona, first.id)).toMatchObject({
        ...{ state: 'CLOSED', alertCode: 'UNADDRESSED_RISK_FACTOR' },
      })
    // What is taken on goes on with the case, whose closure asks for it.
    const third = await post.act('school-dsl-eastvale', 'reportConcern', both)
    expect(await ended(third.id, { outcome: '=REFERRAL_ACCEPTED' })).toBeUndefined()
  })

  it('stands in the chronology at once, however soon it is asked for', async () => {
    for (const subject of ['First', 'Second', 'Third']) {
      await post.act('school-dsl-eastvale', 'raiseDisagreement', {
        input: {
          ...{ childId: 'C03', to: { organisation: 'LA2', service: '=FRONT_DOOR' }, subject },
          ...{ reasons: 'x', wanted: 'x' },
        },
      })
      const { text } = await post.ask(
        'school-dsl-eastvale',
        '{ child(id: "C03") { chronology(first: 200) { events { headline } } } }',
      )
      expect(text).toContain(`Disagreement raised: ${subject}`)
    }
  })

  it('needs a name and a day for what is decided, and a reason where the family was not told', async () => {
    const { id } = await post.act('school-dsl-eastvale', 'reportConcern', concern('C02'))
    expect(
      await post.refused('mash-analyst', 'recordReferralOutcome', { id, input: outcome({ decidedBy: '  ' }) }),
    ).toBe('BAD_INPUT decidedBy')
    expect(
      await post.refused('mash-analyst', 'recordReferralOutcome', { id, input: outcome({ decidedOn: '2027-01-01' }) }),
    ).toBe('BAD_INPUT decidedOn')
    expect(await post.refused('school-dsl-eastvale', 'reportConcern', concern('C02', { familyTold: false }))).toBe(
      'BAD_INPUT WHY_NOT_TOLD',
    )
    const why = { familyTold: false, whyNotTold: 'It would put her in danger.' }
    for (const review of [{}, { tellReviewOn: '2026-01-01' }])
      expect(await post.refused('school-dsl-eastvale', 'reportConcern', concern('C02', { ...why, ...review }))).toBe(
        'BAD_INPUT TELL_REVIEW_ON',
      )
    const sent = await post.act(
      'school-dsl-eastvale',
      'reportConcern',
      concern('C02', { ...why, tellReviewOn: '2027-02-01' }),
    )
    expect(JSON.stringify(await post.message('mash-analyst', sent.id))).toContain('2027-02-01')
  })

  it('is sent once for one key, and a key serves one content', async () => {
    const first = await post.act('school-dsl-eastvale', 'reportConcern', { ...concern('C02'), key: 'k-1' })
    const again = await post.act('school-dsl-eastvale', 'reportConcern', { ...concern('C02'), key: 'k-1' })
    expect(again.id).toBe(first.id)
    expect(
      await post.refused('school-dsl-eastvale', 'reportConcern', {
        ...concern('C02', { concerns: ['=OTHER'] }),
        key: 'k-1',
      }),
    ).toBe('CONFLICT KEY')
    const at = { id: first.id, input: outcome(), key: 'k-2' }
    await post.act('mash-analyst', 'recordReferralOutcome', at)
    expect((await post.act('mash-analyst', 'recordReferralOutcome', at)).replies).toHaveLength(1)
  })

  it('is taken alike for a child of whom the sender may not know, and for no child', async () => {
    const shown = async (childId: string) => {
      const { id, childId: named, ...rest } = await post.act('school-dsl', 'reportConcern', concern(childId))
      return rest
    }
    const unknown = await shown('no such child')
    for (const childId of ['C02', 'C07', 'C12']) expect(await shown(childId)).toEqual(unknown)
  })

  it('is taken alike from every mailbox, with what else may be said of any child', async () => {
    const breach = { what: 'x', awareSince: '2026-11-20T10:00:00Z', whoHasIt: 'x', placeGivenAway: false }
    const said = {
      reportConcern: (childId: string) => concern(childId),
      tellImminentRisk: (childId: string) => ({
        input: { childId, risk: 'x', evidence: '=FACT', concernsCarer: false },
      }),
      reportBreach: (childId: string) => ({ input: { childId, ...breach } }),
    }
    const answer = async (persona: string, act: keyof typeof said, childId: string) => {
      const { data, errors } = await post.ask(persona, mutation(act, said[act](childId)))
      const { id: _, childId: __, ...rest } = Object(Object(data)[act])
      return { rest, errors }
    }
    const mailboxes = new Set<string>()
    for (const persona of personas) {
      const [mailbox] = mailboxesOf({ ...persona, purpose: persona.defaultPurpose })
      if (mailbox === undefined || mailboxes.has(mailbox)) continue
      mailboxes.add(mailbox)
      const isHidden = async (id: string) =>
        (await post.ask(persona.id, `{ child(id: "${id}") { id } }`)).errors[0]?.extensions['code'] === 'NOT_FOUND'
      const hidden = (await isHidden('C08')) ? 'C08' : 'C12'
      if (hidden === 'C12' && !(await isHidden('C12'))) continue
      for (const act of ['reportConcern', 'tellImminentRisk', 'reportBreach'] as const) {
        const unknown = await answer(persona.id, act, 'no such child')
        expect(unknown.errors, `${persona.id} ${act}`).toEqual([])
        expect(await answer(persona.id, act, hidden), `${persona.id} ${act} ${hidden}`).toEqual(unknown)
      }
    }
    expect(mailboxes.size).toBeGreaterThan(10)
  })

  it('is read by its parties alone; for everybody else it is like one that there is not', async () => {
    const { id } = await post.act('school-dsl-eastvale', 'reportConcern', concern('C02'))
    for (const persona of [
      'school-dsl',
      'gp',
      'social-worker',
      'receiving-officer',
      'police-public-protection',
      'care-home-worker',
    ]) {
      const [own, none] = await Promise.all(
        [id, '00000000-0000-4000-8000-000000000000'].map((asked) =>
          post.ask(persona, `{ message(id: "${asked}") { id } }`),
        ),
      )
      expect([own?.errors, own?.data]).toEqual([none?.errors, none?.data])
      expect(await post.refused(persona, 'replyToMessage', { id, text: 'x' })).toBe('NOT_FOUND')
      const about = await post.ask(persona, `{ messages(childId: "C02") { messages { id } } }`)
      expect(JSON.stringify(about.data)).not.toContain(id)
    }
  })

  it('keeps nothing of a picture', async () => {
    const picture = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg'
    const before = await post.inbox('mash-analyst')
    expect(
      await post.refused(
        'school-dsl-eastvale',
        'reportConcern',
        concern('C02', { statements: [{ text: `See ${picture}`, evidence: '=FACT' }] }),
      ),
    ).toBe('IMAGERY_PROHIBITED')
    expect(await post.inbox('mash-analyst')).toHaveLength(before.length)
  })

  it('warns its sender of words that blame, and sends it all the same', async () => {
    const sent = await post.act(
      'school-dsl-eastvale',
      'reportConcern',
      concern('C02', { statements: [{ text: 'She is attention seeking.', evidence: '=PROFESSIONAL_OPINION' }] }),
    )
    expect(sent.warnings).toHaveLength(1)
    const [received] = (await post.inbox('mash-analyst')).filter(({ id }) => id === sent.id)
    expect(received?.warnings).toEqual([])
    expect(received?.content).toContainEqual({
      name: 'statements',
      value: 'She is attention seeking.',
      evidence: 'PROFESSIONAL_OPINION',
    })
  })

  it('leaves no trace in the log of the child for who is not party to it', async () => {
    const seen = async () =>
      (await post.ask('social-worker', '{ accessLog(childId: "C02", first: 200) { role organisation actions } }'))
        .data as unknown as {
        accessLog: readonly { organisation: string }[]
      }
    const before = (await seen()).accessLog.filter(({ organisation }) => organisation === '900002').length
    await post.act('school-dsl-eastvale', 'reportConcern', concern('C02'))
    expect((await seen()).accessLog.filter(({ organisation }) => organisation === '900002')).toHaveLength(before)
    // Who read it stands there all the same, for governance.
    const { id } = await post.act('school-dsl-eastvale', 'reportConcern', concern('C05'))
    const reads = [
      `message(id: "${id}") { id }`,
      'messages(childId: "C05") { messages { id } }',
      'outbox { messages { id } }',
    ]
    const logged = async () => {
      const { data } = await post.ask(
        'information-governance',
        '{ accessLog(childId: "C05", first: 200) { organisation actions } }',
        'AUDIT',
      )
      const { accessLog } = data as unknown as { accessLog: readonly { organisation: string; actions: string[] }[] }
      return accessLog.filter((each) => each.organisation === '900002' && each.actions.includes('readMessages')).length
    }
    const unread = await logged()
    for (const read of reads) await post.ask('school-dsl-eastvale', `{ ${read} }`)
    expect(await logged()).toBe(unread + reads.length)
  })
})
